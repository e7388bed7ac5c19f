// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/signal_fft.h"

namespace runtime {

Status signalRfftInt16(const Call& call) {
    return rfft<FixedNumbers<int16_t, int32_t>>(call);
}
Status signalIrfftInt16(const Call& call) {
    return irfft<FixedNumbers<int16_t, int32_t>>(call);
}

}  // namespace runtime
