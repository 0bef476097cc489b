package org.assistantservice.dispatch;

import java.util.concurrent.Callable;
import org.slf4j.MDC;

/// One call as it runs on a thread of its pool: log lines written there carry the ids of the call.
///
/// @param context the call's own deadline and cancel token
record LoggedCall(ActionExecutor.Ready ready, CallContext context) implements Callable<String> {
    @Override
    public String call() throws ActionFailedException, InterruptedException {
        MDC.put("correlation_id", context.correlationId().value());
        MDC.put("thread_id", context.threadId().value());
        MDC.put("run_id", context.runId().value());
        MDC.put("call_id", context.callId().value());
        MDC.put("function", ready.invoker().definition().ref().action());
        try {
            return ready.invoker().invoke(ready.argumentsJson(), context);
        } finally {
            MDC.clear();
        }
    }
}
