"""The regions that Switchboard is checked for: cfn-lint holds every template against each of them.

Those that an account has without asking for them, and that offer everything a stage needs: End User Messaging
SMS (https://docs.aws.amazon.com/general/latest/gr/end-user-messaging.html), and Amazon Transcribe for whoever
chooses it. Others may work; nothing here says so.
"""

REGIONS = (
    *("us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1", "sa-east-1"),
    *("eu-central-1", "eu-north-1", "eu-west-1", "eu-west-2", "eu-west-3"),
    *("ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2"),
)
