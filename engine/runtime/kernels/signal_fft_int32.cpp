// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/signal_fft.h"

namespace runtime {

Status signalRfftInt32(const Call& call) {
    return rfft<FixedNumbers<int32_t, int64_t>>(call);
}
Status signalIrfftInt32(const Call& call) {
    return irfft<FixedNumbers<int32_t, int64_t>>(call);
}

}  // namespace runtime
