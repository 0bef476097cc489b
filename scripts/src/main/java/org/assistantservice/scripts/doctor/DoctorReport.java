package org.assistantservice.scripts.doctor;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assistantservice.dispatch.ActionDefinition;
import org.assistantservice.scripts.doctor.Finding.State;
import tools.jackson.databind.json.JsonMapper;

/// All that was found, for people and for programs.
///
/// @param actions of all packs, with their schemas
record DoctorReport(List<Finding> findings, List<ActionDefinition> actions) {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    DoctorReport {
        findings = List.copyOf(findings);
        actions = List.copyOf(actions);
    }

    boolean isHealthy() {
        return findings.stream().noneMatch(it -> it.state() == State.PROBLEM);
    }

    String text() {
        var text = new StringBuilder();
        for (Finding finding : findings) {
            text.append(
                    "%s %-9s  %s%n"
                            .formatted(finding.state().sign(), finding.check(), finding.message()));
            if (!finding.fix().isEmpty()) {
                text.append("              → %s%n".formatted(finding.fix()));
            }
        }
        text.append(actions.isEmpty() ? "" : "\nActions\n");
        for (ActionDefinition action : actions) {
            text.append(
                    "  %s  %s, %s, %d s%n      %s%n"
                            .formatted(
                                    action.ref(),
                                    action.strict() ? "strict" : "not strict",
                                    action.effect(),
                                    action.timeout().toSeconds(),
                                    action.parametersJson()));
        }
        long problems = findings.stream().filter(it -> it.state() == State.PROBLEM).count();
        text.append(problems == 0 ? "\nAll is well.\n" : "\nProblems: %d%n".formatted(problems));
        return text.toString();
    }

    /// `{"ok":…,"checks":[{"check","state","message","fix"}],"actions":[…]}`
    String json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ok", isHealthy());
        json.put("checks", findings.stream().map(DoctorReport::json).toList());
        json.put("actions", actions.stream().map(DoctorReport::json).toList());
        return MAPPER.writeValueAsString(json) + "\n";
    }

    private static Map<String, Object> json(Finding finding) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("check", finding.check());
        json.put("state", finding.state().name().toLowerCase(Locale.ROOT));
        json.put("message", finding.message());
        json.put("fix", finding.fix());
        return json;
    }

    private static Map<String, Object> json(ActionDefinition action) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("pack", action.ref().pack());
        json.put("name", action.ref().action());
        json.put("description", action.description());
        json.put("strict", action.strict());
        json.put("effect", action.effect().name());
        json.put("timeout_seconds", action.timeout().toMillis() / 1000.0);
        json.put("parameters", MAPPER.readTree(action.parametersJson()));
        return json;
    }
}
