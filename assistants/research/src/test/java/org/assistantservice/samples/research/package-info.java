/// Tests of the research actions, against servers of their own on this machine.
@NullMarked
package org.assistantservice.samples.research;

import org.jspecify.annotations.NullMarked;
