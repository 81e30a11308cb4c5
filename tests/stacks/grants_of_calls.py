"""What each function that works on calls may do, and no more."""

MOVES = {
    *("dynamodb:GetItem", "dynamodb:Query", "dynamodb:PutItem", "dynamodb:UpdateItem"),
    *("dynamodb:DeleteItem", "dynamodb:ConditionCheckItem", "execute-api:ManageConnections"),
}
READS = {"s3:GetObject", "s3:ListBucket"}
DELETES = {
    *("s3:DeleteObject", "s3:DeleteObjectVersion", "s3:AbortMultipartUpload"),
    *("s3:ListBucketVersions", "s3:ListBucketMultipartUploads"),
}
ANSWERS = {"states:SendTaskSuccess", "states:SendTaskFailure"}
KNOWS_A_SECRET = {"secretsmanager:GetSecretValue"}
GRANTED_TO_CALLS = {
    "start_call": {
        *MOVES,
        *READS,
        *DELETES,
        *("sns:Publish", "states:StartExecution"),
        *("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"),
    },
    "transcribe_call": {*MOVES, *ANSWERS, *KNOWS_A_SECRET, "s3:GetObject"},
    "receive_transcript": {*MOVES, *ANSWERS, *KNOWS_A_SECRET, "s3:PutObject"},
    "look_for_transcript": {*MOVES, *KNOWS_A_SECRET, "s3:PutObject"},
    "plan_call": {*MOVES, *READS},
    "analyze_call": {"dynamodb:GetItem", "dynamodb:Query", *READS, "s3:PutObject", *KNOWS_A_SECRET},
    "finish_call": {*MOVES, *READS, *DELETES, "s3:PutObject", "sns:Publish", *KNOWS_A_SECRET},
    "fail_call": {*MOVES, *READS, "sns:Publish"},
}
