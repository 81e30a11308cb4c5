"""The page on AWS: facts of the Site stack, and of what it serves."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from aws_cdk.assertions import Match, Template
from switchboard.adapters.blobs import S3Blobs
from switchboard.adapters.s3 import make_client
from switchboard.core.secret_labels import CDN_KEY

from stacks.bundling import site, site_bundle
from stacks.bundling.store import BuildFailed
from stacks.handlers import is_ours
from stacks.site import REWRITE
from stacks.site_headers import ASK_FIRST, IMMUTABLE, cache_control, site_headers
from tests.stacks.assembly import LOCAL, Assembly, assembly

AWS = ("dev", "prod")
DISTRIBUTION = "AWS::CloudFront::Distribution"
SOCKET = "wss://socket.example"
BUCKET = "bucket.s3.eu-north-1.amazonaws.com"
TOLD = site_headers(socket=SOCKET, files=(f"https://{BUCKET}",))


def _template(stage: str) -> Template:
    return Template.from_json(dict(assembly(stage).templates["Site"]))


def _only(of: Assembly, kind: str) -> Mapping[str, Any]:
    (found,) = of.resources(kind)
    return found.properties


def _distribution(stage: str) -> Mapping[str, Any]:
    config: Mapping[str, Any] = _only(assembly(stage), DISTRIBUTION)["DistributionConfig"]
    return config


@pytest.mark.parametrize("stage", AWS)
def test_everybody_is_led_to_https(stage: str) -> None:
    config = _distribution(stage)
    behaviors = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    assert {each["ViewerProtocolPolicy"] for each in behaviors} == {"redirect-to-https"}


@pytest.mark.parametrize("stage", AWS)
def test_the_cdn_speaks_the_newest_protocols_and_compresses(stage: str) -> None:
    config = _distribution(stage)
    assert config["HttpVersion"] == "http2and3"
    assert config["IPV6Enabled"] is True
    assert config["DefaultCacheBehavior"]["Compress"] is True


def test_only_the_cdn_reads_the_files() -> None:
    template = _template("prod")
    template.has_resource_properties(
        "AWS::CloudFront::OriginAccessControl",
        {"OriginAccessControlConfig": {"SigningBehavior": "always", "SigningProtocol": "sigv4"}},
    )
    statement = {
        "Principal": {"Service": "cloudfront.amazonaws.com"},
        "Action": ["s3:GetObject", "s3:ListBucket"],
        "Condition": {"StringEquals": {"AWS:SourceArn": Match.any_value()}},
    }
    template.has_resource_properties(
        "AWS::S3::BucketPolicy",
        {"PolicyDocument": {"Statement": Match.array_with([Match.object_like(statement)])}},
    )


def test_a_listing_is_never_what_is_asked_for() -> None:
    """Whoever may list says 404 instead of 403 of what is not there; the root is the page."""
    assert _distribution("prod")["DefaultRootObject"] == "index.html"


def test_the_api_is_passed_on_whole_and_never_cached() -> None:
    (api,) = _distribution("prod")["CacheBehaviors"]
    methods = {"GET", "HEAD", "OPTIONS", "PUT", "PATCH", "POST", "DELETE"}
    disabled, all_but_host = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "b689b0a8-53d0-40ab-baf2-68738e2966ac"
    assert api["PathPattern"] == "/api/*"
    assert set(api["AllowedMethods"]) == methods
    assert (api["CachePolicyId"], api["OriginRequestPolicyId"]) == (disabled, all_but_host)
    assert [each["EventType"] for each in api["FunctionAssociations"]] == ["viewer-request"]


def test_one_persons_refusal_is_not_kept_for_the_next() -> None:
    kept = {each["ErrorCode"]: each for each in _distribution("prod")["CustomErrorResponses"]}
    assert {403, 404, 502, 503, 504} <= set(kept)
    assert all(each == {"ErrorCode": code, "ErrorCachingMinTTL": 0} for code, each in kept.items())


@pytest.mark.parametrize(
    ("asked", "passed_on"),
    [
        ("/api/login", "/login"),
        ("/api/links/a%2Fb", "/links/a%2Fb"),
        ("/api/api/me", "/api/me"),
        ("/api/", "/"),
    ],
)
def test_the_gateway_does_not_see_the_folder(asked: str, passed_on: str) -> None:
    program = f"{REWRITE.read_text()}; console.log(handler({{request: {{uri: {json.dumps(asked)}}}}}).uri)"
    node = str(Path(sys.executable).with_name("node"))
    done = subprocess.run([node, "-e", program], capture_output=True, text=True, check=True)  # noqa: S603 - our own
    assert done.stdout.strip() == passed_on


def test_every_stage_of_an_account_has_a_rewrite_of_its_own() -> None:
    names = {json.dumps(_only(assembly(stage), "AWS::CloudFront::Function")["Name"]) for stage in AWS}
    assert len(names) == len(AWS)


@pytest.mark.parametrize("stage", AWS)
def test_the_cdn_tells_browsers_what_the_laptop_does(stage: str) -> None:
    config = _only(assembly(stage), "AWS::CloudFront::ResponseHeadersPolicy")["ResponseHeadersPolicyConfig"]
    told = {name: _plain(value) for name, value in _told(config).items()}
    assert told == TOLD
    config = _distribution(stage)
    behaviors = [config["DefaultCacheBehavior"], *config["CacheBehaviors"]]
    assert all("ResponseHeadersPolicyId" in each for each in behaviors)


def _told(config: Mapping[str, Any]) -> dict[str, Any]:
    """The headers that CloudFront makes of its settings."""
    known = config["SecurityHeadersConfig"]
    assert all(each["Override"] for each in (*known.values(), *config["CustomHeadersConfig"]["Items"]))
    hsts = known["StrictTransportSecurity"]
    assert hsts["IncludeSubdomains"] is True
    return {
        "Content-Security-Policy": known["ContentSecurityPolicy"]["ContentSecurityPolicy"],
        "Strict-Transport-Security": f"max-age={hsts['AccessControlMaxAgeSec']}; includeSubDomains",
        "X-Content-Type-Options": "nosniff" if "ContentTypeOptions" in known else None,
        "X-Frame-Options": known["FrameOptions"]["FrameOption"],
        "Referrer-Policy": known["ReferrerPolicy"]["ReferrerPolicy"],
    } | {each["Header"]: each["Value"] for each in config["CustomHeadersConfig"]["Items"]}


def _plain(value: Any) -> str:  # noqa: ANN401 - a template's
    """With the origins of socket and bucket, which only a deployment knows, put in."""
    if isinstance(value, str):
        return value
    return "".join(
        part if isinstance(part, str) else _known(json.dumps(part)) for part in value["Fn::Join"][1]
    )


def _known(reference: str) -> str:
    return BUCKET if "Recordings" in reference and "RegionalDomainName" in reference else SOCKET


def test_the_page_may_run_its_own_scripts_and_talk_to_its_own_servers_only() -> None:
    policy = TOLD["Content-Security-Policy"]
    allowed = dict(directive.split(" ", 1) for directive in policy.split("; "))
    assert allowed["default-src"] == "'none'"
    assert allowed["script-src"] == allowed["style-src"] == "'self'"
    assert allowed["connect-src"] == f"'self' {SOCKET} https://{BUCKET}"
    assert allowed["media-src"] == f"https://{BUCKET}"
    assert "unsafe" not in policy
    assert "*" not in policy


@pytest.mark.parametrize(
    ("path", "caching"), [("assets/main-A.js", IMMUTABLE), ("index.html", ASK_FIRST), ("", ASK_FIRST)]
)
def test_only_what_carries_its_content_in_its_name_is_kept(path: str, caching: str) -> None:
    assert cache_control(path) == caching


def _uploads(stage: str) -> list[tuple[str, Mapping[str, Any]]]:
    resources = assembly(stage).resources("Custom::CDKBucketDeployment")
    return [(each.properties["SystemMetadata"]["cache-control"], each.declaration) for each in resources]


@pytest.mark.parametrize("stage", AWS)
def test_the_page_is_uploaded_after_what_it_loads(stage: str) -> None:
    uploads = dict(_uploads(stage))
    assets, page = uploads[IMMUTABLE], uploads[ASK_FIRST]
    assert assets["Properties"]["Include"] == page["Properties"]["Exclude"] == ["assets/*"]
    first = next(each.id for each in assembly(stage).resources() if each.declaration is assets)
    assert first in page["DependsOn"]


@pytest.mark.parametrize("stage", AWS)
def test_what_older_pages_load_stays(stage: str) -> None:
    assert [declaration["Properties"]["Prune"] for _, declaration in _uploads(stage)] == [False, False]


def test_the_emulator_runs_none_of_the_librarys_functions() -> None:
    functions = assembly("local").resources("AWS::Lambda::Function")
    assert all(is_ours(each.properties["Handler"]) for each in functions)
    assert _uploads("local") == []


def test_prod_keeps_a_log_of_who_came_without_cookies() -> None:
    logging = _distribution("prod")["Logging"]
    assert logging["Prefix"] == "cdn/"
    assert not logging.get("IncludeCookies")
    assert "Logging" not in _distribution("dev")


def test_dev_empties_its_bucket_when_it_goes_and_prod_keeps_it() -> None:
    _template("dev").resource_count_is("Custom::S3AutoDeleteObjects", 1)
    _template("prod").resource_count_is("Custom::S3AutoDeleteObjects", 0)
    assert {each.declaration["DeletionPolicy"] for each in assembly("prod").resources("AWS::S3::Bucket")} == {
        "RetainExceptOnCreate"
    }


@pytest.mark.parametrize("stage", [*AWS, "local"])
def test_the_address_of_the_page_is_given_out(stage: str) -> None:
    _template(stage).has_output("SiteUrl", {"Value": Match.any_value()})


def test_on_the_emulator_the_page_may_talk_to_its_socket_and_its_bucket() -> None:
    policy = json.dumps(_only(assembly("local"), "AWS::CloudFront::ResponseHeadersPolicy"))
    gateway = LOCAL["gateway"]
    assert f"connect-src 'self' {gateway.replace('http', 'ws')} {gateway};" in policy
    assert f"media-src {gateway};" in policy


def test_links_to_recordings_are_of_the_origin_that_the_page_may_talk_to(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name, value in (("ACCESS_KEY_ID", "a"), ("SECRET_ACCESS_KEY", "b"), ("DEFAULT_REGION", "us-east-1")):
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    kept = S3Blobs(make_client(), "bucket")
    form = kept.upload_form("uploads/a", content_type="audio/wav", max_bytes=1, seconds=60)
    links = (form.url, kept.download_link("a", seconds=60), kept.part_link("a", "u", 1, size=5, seconds=60))
    assert {urlsplit(link).netloc for link in links} == {"bucket.s3.us-east-1.amazonaws.com"}


def test_the_built_page_is_whole() -> None:
    built = site_bundle().path
    page = (built / "index.html").read_text(encoding="utf-8")
    named = [str(file.relative_to(built)) for file in (built / "assets").iterdir() if file.name in page]
    assert named
    assert (built / "icon.svg").is_file()
    assert "http://" not in page
    assert "https://" not in page


@pytest.fixture
def web(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Sources of a small page, with a build that copies."""
    folder = tmp_path / "web"
    monkeypatch.setattr(site, "WEB", folder)
    monkeypatch.setattr("stacks.bundling.store.BUILD", tmp_path / "build")
    monkeypatch.setattr("stacks.bundling.store.ROOT", tmp_path)
    for name in ("node_modules", "tests"):
        (folder / name).mkdir(parents=True)
    build = {"scripts": {"build": "mkdir dist && cp page.html dist/index.html"}}
    (folder / "package.json").write_text(json.dumps(build))
    (folder / "page.html").write_text("one")
    return folder


def test_a_page_that_cannot_be_built_says_why(web: Path) -> None:
    (web / "package.json").write_text('{"scripts": {"build": "echo the reason && exit 3"}}')
    with pytest.raises(BuildFailed, match="the reason"):
        site_bundle()


def test_another_source_makes_another_page(web: Path) -> None:
    first = site_bundle()
    (web / "tests" / "any.ts").write_text("a test is not a source")
    assert site_bundle() == first
    (web / "page.html").write_text("two")
    assert (site_bundle().path / "index.html").read_text() == "two"
    assert (first.path / "index.html").read_text() == "one"


@pytest.mark.parametrize("stage", ["dev", "prod"])
def test_the_gateway_knows_the_cdn_by_a_key_that_no_template_holds(stage: str) -> None:
    """In place of what a viewer sends under that name; CloudFormation fills it in from the secret."""
    (cdn,) = assembly(stage).resources("AWS::CloudFront::Distribution")
    origins = cdn.properties["DistributionConfig"]["Origins"]
    shown = [each for origin in origins for each in origin.get("OriginCustomHeaders", [])]
    assert [each["HeaderName"] for each in shown] == [CDN_KEY]
    value = json.dumps(shown[0]["HeaderValue"])
    assert "{{resolve:secretsmanager:" in value
    assert ":SecretString::AWSCURRENT}}" in value
