"""The page: a private bucket behind the CDN. Its `/api` is the HTTP gateway, so that both are one origin."""

from collections.abc import Sequence
from pathlib import Path

import aws_cdk as cdk
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct
from switchboard.core.secret_labels import CDN_KEY

from stacks.constructs.bucket import Bucket
from stacks.constructs.suppression import Reviewed, accept
from stacks.constructs.upload import Upload
from stacks.foundation import FoundationStack
from stacks.settings import Settings
from stacks.site_headers import HSTS_SECONDS, site_headers

REWRITE = Path(__file__).with_name("site_rewrite.js")
VERSIONS_KEPT = cdk.Duration.days(30)
LOGS_KEPT = cdk.Duration.days(90)
CODES_NOT_CACHED = (400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504)
NO_FIREWALL = Reviewed(
    "AwsSolutions-CFR2",
    "The page is static and its API is throttled and signed in to; a firewall would be the dearest part.",
    also=("CKV_AWS_68",),
)
EVERYWHERE = Reviewed("AwsSolutions-CFR1", "People travel; what they may do follows from who signs in.")
OUR_NAME = Reviewed(
    "AwsSolutions-CFR4",
    "Under the CDN's own name CloudFront sets the floor of TLS itself; one of ours would need a domain.",
    also=("CKV_AWS_174",),
)
LOGS_ELSEWHERE = Reviewed(
    "AwsSolutions-S1",
    "This is where access logs end; logging it would log the logging.",
    also=("CKV_AWS_18",),
)
WRITTEN_ONCE = Reviewed("CKV_AWS_21", "Files of logs are written once and never changed.")
MAY_LIST = Reviewed(
    "Annotation::@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
    "Where nothing is named the page is given, so that nobody sees a listing.",
)
NO_LOGS = Reviewed(
    "AwsSolutions-S1", "Access logs are kept where real people are served.", also=("CKV_AWS_18",)
)
NO_CDN_LOGS = Reviewed(
    "AwsSolutions-CFR3", "Access logs are kept where real people are served.", also=("CKV_AWS_86",)
)


class SiteStack(cdk.Stack):
    """The emulator gets no files, since CDK's own functions do not run there: the laptop serves them.

    `files` are the buckets that the page opens by links.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        settings: Settings,
        foundation: FoundationStack,
        files: Sequence[s3.Bucket],
        stack_name: str,
    ) -> None:
        super().__init__(scope, construct_id, stack_name=stack_name)
        self._settings = settings
        self._base = foundation
        self._opened = files
        self._logs = self._access_logs() if settings.access_logs else None
        self._bucket = self._files()
        self._headers = self._headers_policy()
        cdn = self._distribution()
        if settings.emulator is None:
            Upload(self, "Upload", settings=settings, bucket=self._bucket)
        cdk.CfnOutput(self, "SiteUrl", value=f"https://{cdn.distribution_domain_name}")

    def _access_logs(self) -> Bucket:
        """The CDN delivers its log by ACL, hence the ownership."""
        bucket = Bucket(
            self,
            "AccessLogs",
            settings=self._settings,
            expires=LOGS_KEPT,
            ownership=s3.ObjectOwnership.BUCKET_OWNER_PREFERRED,
        )
        accept(bucket, LOGS_ELSEWHERE, WRITTEN_ONCE)
        return bucket

    def _files(self) -> Bucket:
        bucket = Bucket(self, "Files", settings=self._settings, versions_kept=VERSIONS_KEPT, logs=self._logs)
        if self._logs is None:
            accept(bucket, NO_LOGS)
        return bucket

    def _distribution(self) -> cloudfront.Distribution:
        """Errors are not cached, or one person's refusal would be shown to the next."""
        logged = self._logs is not None
        cdn = cloudfront.Distribution(
            self,
            "Cdn",
            default_root_object="index.html",
            default_behavior=self._page(),
            additional_behaviors={"/api/*": self._api()},
            error_responses=[
                cloudfront.ErrorResponse(http_status=code, ttl=cdk.Duration.seconds(0))
                for code in CODES_NOT_CACHED
            ],
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            enable_ipv6=True,
            enable_logging=logged,
            log_bucket=self._logs,
            log_file_prefix="cdn/" if logged else None,
        )
        accept(cdn, NO_FIREWALL, EVERYWHERE, OUR_NAME, MAY_LIST, *(() if logged else (NO_CDN_LOGS,)))
        return cdn

    def _page(self) -> cloudfront.BehaviorOptions:
        """May list, for only then S3 says 404 of what is not there; a listing itself is never asked for."""
        levels = [cloudfront.AccessLevel.READ, cloudfront.AccessLevel.LIST]
        control = cloudfront.S3OriginAccessControl(
            self, "Access", origin_access_control_name=self._name("Files")
        )
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(
                self._bucket, origin_access_control=control, origin_access_levels=levels
            ),
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self._headers,
            viewer_protocol_policy=self._viewers(),
            compress=True,
        )

    def _api(self) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=self._gateway(),
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=self._headers,
            viewer_protocol_policy=self._viewers(),
            function_associations=[
                cloudfront.FunctionAssociation(
                    function=self._rewrite(), event_type=cloudfront.FunctionEventType.VIEWER_REQUEST
                )
            ],
        )

    def _name(self, noun: str) -> str:
        """CloudFront's names are of the account; those that CDK makes up are the same in every region."""
        return f"{self.stack_name}-{self.region}-{noun}"

    def _rewrite(self) -> cloudfront.Function:
        return cloudfront.Function(
            self,
            "Rewrite",
            function_name=self._name("Rewrite"),
            code=cloudfront.FunctionCode.from_file(file_path=str(REWRITE)),
        )

    def _gateway(self) -> origins.HttpOrigin:
        host = cdk.Fn.select(2, cdk.Fn.split("/", self._base.http.api.api_endpoint))
        return origins.HttpOrigin(
            host,
            protocol_policy=cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            origin_ssl_protocols=[cloudfront.OriginSslPolicy.TLS_V1_2],
            custom_headers={CDN_KEY: self._base.secret.shown_by_cdn},
        )

    def _viewers(self) -> cloudfront.ViewerProtocolPolicy:
        if self._settings.enforce_tls:
            return cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS
        return cloudfront.ViewerProtocolPolicy.ALLOW_ALL

    def _headers_policy(self) -> cloudfront.ResponseHeadersPolicy:
        told = site_headers(socket=self._socket_origin(), files=self._files_origins())
        policy = told.pop("Content-Security-Policy")
        known = cloudfront.ResponseSecurityHeadersBehavior(
            content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                content_security_policy=policy, override=True
            ),
            strict_transport_security=cloudfront.ResponseHeadersStrictTransportSecurity(
                access_control_max_age=cdk.Duration.seconds(HSTS_SECONDS),
                include_subdomains=True,
                override=True,
            ),
            content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
            frame_options=cloudfront.ResponseHeadersFrameOptions(
                frame_option=cloudfront.HeadersFrameOption.DENY, override=True
            ),
            referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
            ),
        )
        return cloudfront.ResponseHeadersPolicy(
            self,
            "Headers",
            response_headers_policy_name=self._name("Headers"),
            security_headers_behavior=known,
            custom_headers_behavior=_others(told),
        )

    def _socket_origin(self) -> str:
        emulator = self._settings.emulator
        return emulator.replace("http", "ws", 1) if emulator else self._base.socket.api.api_endpoint

    def _files_origins(self) -> Sequence[str]:
        """As links name them: each bucket's own host in its region; in the emulator it is in the path."""
        emulator = self._settings.emulator
        if emulator:
            return (emulator,)
        return [f"https://{bucket.bucket_regional_domain_name}" for bucket in self._opened]


def _others(told: dict[str, str]) -> cloudfront.ResponseCustomHeadersBehavior:
    """What the CDN has no field of its own for."""
    fields = {"Strict-Transport-Security", "X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy"}
    return cloudfront.ResponseCustomHeadersBehavior(
        custom_headers=[
            cloudfront.ResponseCustomHeader(header=name, value=value, override=True)
            for name, value in told.items()
            if name not in fields
        ]
    )
