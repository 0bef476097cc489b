package org.assistantservice.scripts.doctor;

/// What one check found.
///
/// @param check what was looked at, e.g. `model`
/// @param fix what to do about it; empty if there is nothing to do
record Finding(String check, State state, String message, String fix) {
    static Finding ok(String check, String message) {
        return new Finding(check, State.OK, message, "");
    }

    static Finding warning(String check, String message, String fix) {
        return new Finding(check, State.WARNING, message, fix);
    }

    static Finding problem(String check, String message, String fix) {
        return new Finding(check, State.PROBLEM, message, fix);
    }

    enum State {
        OK("✅"),
        /// Works, but perhaps not as meant.
        WARNING("⚠️"),
        /// Does not work.
        PROBLEM("❌");

        private final String sign;

        State(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }
}
