// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/pack/pack_cortex_m.h"

#include "lowering/pack/pack_bytes.h"
#include "lowering/pack/pack_halfwords.h"
#include "lowering/pack/pack_recurrent.h"

namespace lowering {

using runtime::Family;
using runtime::KernelId;
using runtime::PackedKernel;

void packForTarget(const OpView& op, Target target, OpPlan& plan) {
    if (target == Target::Portable) return;
    const Family family = target == Target::CortexMMve ? Family::Mve : Family::Dsp;
    switch (plan.kernel) {
        case KernelId::ConvInt8:
            return packBytes(convolutionLayer(op, plan), family, plan);
        case KernelId::DepthwiseConvInt8:
            return packBytes(depthwiseLayer(op, plan), family, plan);
        case KernelId::FullyConnectedInt8:
            return packBytes(fullyConnectedLayer(op, plan), family, plan);
        case KernelId::ConvInt16Wide:
            return packHalfwords(convolutionLayer(op, plan), family, plan);
        case KernelId::DepthwiseConvInt16:
            return packHalfwords(depthwiseLayer(op, plan), family, plan);
        case KernelId::FullyConnectedInt16Wide:
            return packHalfwords(fullyConnectedLayer(op, plan), family, plan);
        case KernelId::LstmInt8:
            return packLstm(op, family, plan);
        case KernelId::SvdfInt8:
            return packSvdf(op, PackedKernel::PackedSvdfInt8, family, plan);
        case KernelId::SvdfInt16:
            return packSvdf(op, PackedKernel::PackedSvdfInt16, family, plan);
        default:
            return;
    }
}

}  // namespace lowering
