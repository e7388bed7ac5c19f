// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack/pack_cortex_m.h"

#include "lowering/pack/pack_bytes.h"
#include "lowering/pack/pack_halfwords.h"
#include "lowering/pack/pack_recurrent.h"

namespace lowering {

using runtime::KernelId;
using runtime::PackedIsa;
using runtime::PackedKernel;

namespace {

void pack(const OpView& op, PackedIsa isa, OpPlan& plan) {
    switch (plan.kernel) {
        case KernelId::ConvInt8:
            return packBytes(convolutionLayer(op, plan), isa, plan);
        case KernelId::DepthwiseConvInt8:
            return packBytes(depthwiseLayer(op, plan), isa, plan);
        case KernelId::FullyConnectedInt8:
            return packBytes(fullyConnectedLayer(op, plan), isa, plan);
        case KernelId::ConvInt16Wide:
            return packHalfwords(convolutionLayer(op, plan), isa, plan);
        case KernelId::DepthwiseConvInt16:
            return packHalfwords(depthwiseLayer(op, plan), isa, plan);
        case KernelId::FullyConnectedInt16Wide:
            return packHalfwords(fullyConnectedLayer(op, plan), isa, plan);
        case KernelId::LstmInt8:
            return packLstm(op, isa, plan);
        case KernelId::SvdfInt8:
            return packSvdf(op, PackedKernel::PackedSvdfInt8, isa, plan);
        case KernelId::SvdfInt16:
            return packSvdf(op, PackedKernel::PackedSvdfInt16, isa, plan);
        default:
            return;
    }
}

}  // namespace

void packForIsa(const OpView& op, types::Isa isa, OpPlan& plan) {
    if (isa == types::Isa::Portable) return;
    pack(op, isa == types::Isa::Mve ? PackedIsa::Mve : PackedIsa::Dsp, plan);
}

}  // namespace lowering
