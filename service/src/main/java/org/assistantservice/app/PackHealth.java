package org.assistantservice.app;

import java.util.List;
import java.util.Locale;
import org.assistantservice.plugin.PackLibrary;
import org.assistantservice.plugin.PackStatus;
import org.assistantservice.server.HealthProblems;

/// Names the packs whose newest version does not serve.
final class PackHealth implements HealthProblems {
    private final PackLibrary packs;

    PackHealth(PackLibrary packs) {
        this.packs = packs;
    }

    @Override
    public List<HealthProblem> current() {
        return packs.status().stream()
                .filter(pack -> pack.state() != PackStatus.State.READY)
                .map(pack ->
                        new HealthProblem(
                                pack.name(),
                                pack.state().name().toLowerCase(Locale.ROOT),
                                pack.problems()))
                .toList();
    }
}
