"""The boto3 calls that each handler can reach, compared with the verbs that its role has.

`source` reads the modules. `reach` follows values through them: which objects may be in which variable (a
points-to analysis in the manner of Andersen, with a context for each receiver and each name of a resource).
`boto` notes the calls of clients, `actions` says which IAM actions they take, `derived` what else a function
needs, `roles` what the templates grant, and `verdict` compares.

What flows through code that is not ours is lost to it: there the annotation says what may be in a variable,
and a function that was handed to a stranger is taken to be called. That no call of a client in the sources is
left unreached is a test of its own, so that a flow that is lost shows.
"""
