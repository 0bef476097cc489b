package org.assistantservice.scripts.doctor;

import java.util.ArrayList;
import java.util.List;
import org.assistantservice.dispatch.ActionCatalog;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.plugin.PackStatus;
import org.assistantservice.scripts.Settings;
import org.assistantservice.scripts.pack.Packs;

/// Checks every pack, and says of each action whether its schema is strict.
final class PackChecks {
    private static final String CHECK = "pack";

    private final Settings settings;
    private final Packs packs;

    PackChecks(Settings settings, Packs packs) {
        this.settings = settings;
        this.packs = packs;
    }

    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        ActionCatalog catalog = packs.actions().current();
        for (PackStatus pack : packs.status()) {
            findings.add(finding(pack));
            catalog.ofPack(pack.name()).stream()
                    .filter(action -> !action.strict())
                    .forEach(action -> findings.add(lax(action)));
        }
        if (findings.isEmpty()) {
            findings.add(
                    Finding.warning(
                            CHECK,
                            "There is no pack in " + settings.assistantsFolder(),
                            "make package builds the samples; make new-assistant NAME=<name>"
                                    + " starts one"));
        }
        return findings;
    }

    private static Finding finding(PackStatus pack) {
        String problems = String.join(" ", pack.problems());
        return switch (pack.state()) {
            case READY ->
                    Finding.ok(
                            CHECK,
                            "%s: %s".formatted(pack.name(), String.join(", ", pack.actions())));
            case SERVING_OLD, REFUSED ->
                    Finding.problem(
                            CHECK,
                            "%s is refused: %s".formatted(pack.name(), problems),
                            "Correct the code, then build the pack again: make package");
            case QUARANTINED ->
                    Finding.problem(
                            CHECK,
                            "%s is quarantined: %s".formatted(pack.name(), problems),
                            "Make its actions end by their deadline, then build it again");
        };
    }

    private static Finding lax(ActionDefinition action) {
        return Finding.warning(
                CHECK,
                "%s has a schema that is not strict: a model may pass arguments that do not fit"
                        .formatted(action.ref()),
                "Use records, enums and lists instead of maps and open types, if you can");
    }
}
