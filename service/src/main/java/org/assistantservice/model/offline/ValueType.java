package org.assistantservice.model.offline;

import java.util.List;

/// What a parameter takes, as far as its schema says.
sealed interface ValueType {
    /// Any text.
    ///
    /// @param format of JSON Schema, e.g. `date`; empty if there is none
    record Text(String format) implements ValueType {}

    record Choice(List<String> values) implements ValueType {}

    record Whole() implements ValueType {}

    record Decimal() implements ValueType {}

    record YesNo() implements ValueType {}

    record Many(ValueType item) implements ValueType {}

    record Group(List<OfferedParameter> parts) implements ValueType {}
}
