"""Where moto 5.2.5 answers otherwise than AWS, as far as the components come by it. Each line names what AWS documents."""

import hashlib
import json
import time

from moto.events.models import EventsBackend
import moto.route53.models as route53
from moto.iam.access_control import PermissionResult
from moto.s3.models import FakeBucket
from moto.ses.models import EmailIdentity
from moto.sesv2 import urls
from moto.sesv2.responses import SESV2Response


def bus_name(self, name_or_arn):
    """A partner's bus has slashes in its name: https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateEventBus.html"""
    return (name_or_arn or "default").split(":event-bus/")[-1]


EventsBackend._normalize_event_bus_arn = bus_name

# moto reads a bucket's policy without its conditions and principals, so that one that refuses some refuses all. Nobody is refused here;
# policies are evaluated by `allowed` of iam.ts.
FakeBucket.get_permission = lambda self, action, resource: PermissionResult.NEUTRAL

zone_id = route53.create_route53_zone_id
# as in every example: https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetHostedZone.html
route53.create_route53_zone_id = lambda *args, **given: f"Z{zone_id(*args, **given)}"

identity_made = EmailIdentity.__init__
identity_told = EmailIdentity.get_response_object.fget


def make_identity(self, *args, **kwargs):
    """Easy DKIM has three tokens, and times are numbers: https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_DkimAttributes.html"""
    identity_made(self, *args, **kwargs)
    self.mail_from = {}
    names = [f"{self.email_identity} {one}".encode() for one in range(3)]
    self.dkim_attributes["Tokens"] = [hashlib.sha256(name).hexdigest()[:32] for name in names]
    if "LastKeyGenerationTimestamp" in self.dkim_attributes:
        self.dkim_attributes["LastKeyGenerationTimestamp"] = time.time()


def put_mail_from(self):
    """https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_PutEmailIdentityMailFromAttributes.html"""
    identity = self.sesv2_backend.get_email_identity(self._get_param("EmailIdentity"))
    domain = self._get_param("MailFromDomain")
    behavior = self._get_param("BehaviorOnMxFailure") or "USE_DEFAULT_VALUE"
    told = {"MailFromDomain": domain, "MailFromDomainStatus": "PENDING", "BehaviorOnMxFailure": behavior}
    identity.mail_from = told if domain else {}
    return json.dumps({})


EmailIdentity.__init__ = make_identity
EmailIdentity.get_response_object = property(
    lambda self: {**identity_told(self), **({"MailFromAttributes": self.mail_from} if self.mail_from else {})}
)
SESV2Response.put_email_identity_mail_from_attributes = put_mail_from
urls.url_paths["{0}/v2/email/identities/(?P<EmailIdentity>[^/]+)/mail-from$"] = SESV2Response.dispatch
