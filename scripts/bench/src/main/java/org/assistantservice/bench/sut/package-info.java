/// The servers under test, each in a process of its own on the core of the tests, and what the
/// kernel says of them.
///
/// Start reading at [ServerUnderTest].
@NullMarked
package org.assistantservice.bench.sut;

import org.jspecify.annotations.NullMarked;
