/// Tests of the sample assistant `brainstorm`.
@NullMarked
package org.assistantservice.samples.brainstorm;

import org.jspecify.annotations.NullMarked;
