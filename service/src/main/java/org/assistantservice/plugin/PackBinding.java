package org.assistantservice.plugin;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.assistantservice.dispatch.ActionPool;
import tools.jackson.databind.json.JsonMapper;

/// What the classes of one pack version share: everything here refers to its class loader and is
/// let go with it.
///
/// @param receivers of each class that was bound
record PackBinding(
        String pack,
        PackBoundary boundary,
        ActionPool pool,
        ActionEnvironment environment,
        JsonMapper mapper,
        TypeSchemas schemas,
        List<Receivers> receivers) {

    PackBinding(
            String pack, PackBoundary boundary, ActionPool pool, ActionEnvironment environment) {
        this(pack, boundary, pool, environment, PackJson.mapper(environment.limits()));
    }

    private PackBinding(
            String pack,
            PackBoundary boundary,
            ActionPool pool,
            ActionEnvironment environment,
            JsonMapper mapper) {
        this(
                pack,
                boundary,
                pool,
                environment,
                mapper,
                new TypeSchemas(mapper),
                new CopyOnWriteArrayList<>());
    }

    /// Closes the instances of all classes. Called inside the boundary.
    void close() {
        receivers.forEach(Receivers::close);
        receivers.clear();
    }
}
