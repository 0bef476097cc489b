/// Tests of the guarded fetch, against servers of their own on this machine.
@NullMarked
package org.assistantservice.fetch;

import org.jspecify.annotations.NullMarked;
