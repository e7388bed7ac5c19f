// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Status: the result of a run. The runtime has no exceptions and no text; callers supply messages.

#include <stdint.h>

namespace runtime {

enum class Status : int32_t {
    Ok = 0,
    BadProgram = 1,     ///< magic, version or size of the blob is wrong
    MissingKernel = 2,  ///< the kernel set has no kernel for an op of the program
    BadData = 3,        ///< a value computed or given at run time is out of range (an index)
    EndlessLoop = 4,    ///< a loop ran for more rounds than the Program allows
    Stopped = 5,        ///< the observer ended the run
    Skipped = 6,        ///< CIRCULAR_BUFFER ended the run early: no new outputs this time
};

}  // namespace runtime
