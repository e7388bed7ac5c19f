// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/kernels/signal_fft.h"

namespace runtime {

Status signalRfftFloat32(const Call& call) {
    return rfft<FloatNumbers>(call);
}
Status signalIrfftFloat32(const Call& call) {
    return irfft<FloatNumbers>(call);
}

}  // namespace runtime
