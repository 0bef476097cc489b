/// Tests of the command line: doctor.
@NullMarked
package org.assistantservice.scripts.doctor;

import org.jspecify.annotations.NullMarked;
