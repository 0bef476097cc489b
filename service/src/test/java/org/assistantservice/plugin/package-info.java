/// Tests of packs, and [PackJars], which compiles packs for tests of other rooms too.
@NullMarked
package org.assistantservice.plugin;

import org.jspecify.annotations.NullMarked;
