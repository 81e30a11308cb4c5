"""Profiles: how calls are analysed, in versions that are checked, tried, published and rolled back."""

from typing import Annotated, Any

from fastapi import APIRouter, Body, Query
from pydantic import ValidationError

from switchboard.core.idempotency import Made
from switchboard.rest.auth import Asking, Given
from switchboard.rest.idempotency import Creating
from switchboard.rest.problems import refuses
from switchboard.skills.calls.api import models, profile_models
from switchboard.skills.calls.api.ports import profiles_of
from switchboard.skills.calls.api.profile_models import ProfileId, Version

router = APIRouter(prefix="/profiles", tags=["profiles"])

Limit = Annotated[int, Query(ge=1, le=100, description="How many at most")]
AnyProfile = Annotated[
    dict[str, Any],
    Body(
        examples=[
            {"id": "renewals", "name": "Renewals", "prompts": [], "schema": profile_models.EXAMPLE_SCHEMA}
        ]
    ),
]


@router.get("", responses=refuses(401))
def list_profiles(asking: Asking, ports: Given) -> profile_models.Shelf:
    """The standard profile, which is everybody's, and one's own."""
    return profiles_of(ports).all(asking.person)


@router.post("", status_code=201, responses=refuses(400, 401, 404, 409, 413, 422))
def save_profile(wanted: profile_models.ProfileBody, creating: Creating) -> profile_models.ProfileVersion:
    """A new version, which is not in use before it is published."""
    profiles = profiles_of(creating.ports)

    def make() -> Made:
        saved = profiles.save(creating.asking.person, wanted)
        return Made(saved.model_dump_json(by_alias=True))

    return profile_models.ProfileVersion.model_validate_json(creating.once(make).answer)


@router.post("/validate", responses=refuses(400, 401, 413, 422))
def check_profile(wanted: AnyProfile, _asking: Asking, ports: Given) -> profile_models.Checked:
    """What is wrong with it, if anything; nothing is saved."""
    try:
        profile = profile_models.ProfileBody.model_validate(wanted)
    except ValidationError as error:
        wrong = [f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
        return profile_models.Checked(ok=False, problems=wrong)
    return profiles_of(ports).check(profile)


@router.get("/{profile}", responses=refuses(401, 404, 422))
def list_versions(
    profile: ProfileId, asking: Asking, ports: Given, limit: Limit = 20
) -> profile_models.Versions:
    """Its versions, the newest first."""
    return profiles_of(ports).versions(asking.person, profile, limit=limit)


@router.get("/{profile}/versions/{version}", responses=refuses(401, 404, 422))
def read_version(
    profile: ProfileId, version: Version, asking: Asking, ports: Given
) -> profile_models.ProfileVersion:
    """One version as it was saved."""
    return profiles_of(ports).version(asking.person, profile, version)


@router.post("/{profile}/publish", responses=refuses(400, 401, 404, 409, 413, 422))
def publish(
    profile: ProfileId, wanted: profile_models.Publication, asking: Asking, ports: Given
) -> profile_models.Shelved:
    """From now on this version is in use."""
    return profiles_of(ports).publish(asking.person, profile, wanted.version)


@router.post("/{profile}/rollback", responses=refuses(401, 404, 409, 422))
def roll_back(profile: ProfileId, creating: Creating) -> profile_models.Shelved:
    """Back to the version that was in use before."""
    profiles = profiles_of(creating.ports)

    def make() -> Made:
        shelved = profiles.roll_back(creating.asking.person, profile, key=creating.key)
        return Made(shelved.model_dump_json())

    return profile_models.Shelved.model_validate_json(creating.once(make).answer)


@router.post("/{profile}/try", status_code=202, responses=refuses(400, 401, 404, 409, 413, 422))
def try_profile(profile: ProfileId, trial: profile_models.Trial, creating: Creating) -> models.CallLine:
    """Analyse a past call by this version; what is found is kept as a trial."""
    profiles = profiles_of(creating.ports)

    def make() -> Made:
        line = profiles.attempt(creating.asking.person, profile, trial, key=creating.key)
        return Made(line.model_dump_json())

    return models.CallLine.model_validate_json(creating.once(make).answer)
