"""Living stand-ins for those we talk to: WeChat, the SMS provider, 12345, departments, courts.

They speak the wire format of the real thing, keep everything in memory, record what they were
told and can be told to misbehave. None of them can be built for production.
"""

from deploy.simulators.court import build_court
from deploy.simulators.department import build_department
from deploy.simulators.hotline import build_hotline
from deploy.simulators.safety import SimulatorRefused
from deploy.simulators.sms import build_sms
from deploy.simulators.wechat import build_wechat

__all__ = [
    "SimulatorRefused",
    "build_court",
    "build_department",
    "build_hotline",
    "build_sms",
    "build_wechat",
]
