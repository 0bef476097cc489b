package benchpack;

import org.assistantservice.actions.Action;
import org.assistantservice.actions.Effect;
import org.assistantservice.actions.Param;

/// The one action of the workload: cheap, so that a call costs what the service adds. Thread-safe.
public final class LookupActions {
    @Action(name = "lookup", description = "Looks something up.", effect = Effect.READ_ONLY)
    public String lookup(@Param("What to look up, e.g. weather") String query) {
        return "The lookup of " + query + " says 42";
    }
}
