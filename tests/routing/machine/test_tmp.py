from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from tests.routing.machine.test_machine import CaseMachine
def test_more(postgres):
    CaseMachine.databases = postgres
    run_state_machine_as_test(CaseMachine, settings=settings(max_examples=40, stateful_step_count=30, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)))
