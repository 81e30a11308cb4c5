"""The account of AWS as it is before anybody moves in."""

import boto3
from switchboard.adapters.s3 import make_client
from switchboard.adapters.schedules import EventBridgeReminders

from tests.own_data.house import BUCKET, QUEUE, ROLE, TASKS, House
from tests.tables import create_calls, create_conversations, create_people, create_records


def build_house() -> House:
    dynamodb, users = boto3.client("dynamodb"), boto3.client("cognito-idp")
    create_people(dynamodb)
    create_conversations(dynamodb)
    s3 = make_client()
    s3.create_bucket(Bucket=BUCKET)
    create_records(dynamodb, TASKS)
    create_calls(dynamodb)
    scheduler = boto3.client("scheduler")
    scheduler.create_schedule_group(Name="wakeups")
    schedules = EventBridgeReminders(scheduler, "wakeups", QUEUE, ROLE)
    pool = users.create_user_pool(PoolName="people")["UserPool"]["Id"]
    return House(dynamodb, s3, users, pool, schedules)
