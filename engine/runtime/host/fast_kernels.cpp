// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/host/fast_kernels.h"

#include "runtime/host/fast_families.h"
#include "runtime/host/host_layer.h"

namespace runtime {
namespace {

// Packing reads weights and biases, so they must be constants of the program.
bool hasConstantWeights(const Program& program, const OpRecord& op) {
    const int32_t* operands = program.at<int32_t>(op.operands);
    const bool transposed = layerKindOf(static_cast<KernelId>(op.kernel)) == LayerKind::Transposed;
    const uint32_t input = transposed ? 1 : 0;
    for (uint32_t i = 0; i < op.inputs; ++i)
        if (i != input && operands[i] >= 0 && program.tensor(operands[i]).place != Place::Constant)
            return false;
    return true;
}

FastPlan prepare(const Program& program, const OpRecord& op, uint8_t* side) {
    const auto id = static_cast<KernelId>(op.kernel);
    const FastFamily family = familyOf(id);
    if (family.prepare == nullptr || (family.packsWeights && !hasConstantWeights(program, op)))
        return {};
    return family.prepare(Call(program, Memory{}, op), id, side);
}

/// Limit of one operator's side block and workspace. Only degenerate shapes need more, such as a
/// filter of millions of taps; the plain kernel serves them.
constexpr size_t kMaxBytes = size_t{1} << 28;

}  // namespace

FastPlan planFast(const Program& program, const OpRecord& op) {
    const FastPlan plan = prepare(program, op, nullptr);
    return plan.sideBytes <= kMaxBytes && plan.workspaceBytes <= kMaxBytes ? plan : FastPlan{};
}

void packFast(const Program& program, const OpRecord& op, uint8_t* side) {
    prepare(program, op, side);
}

}  // namespace runtime
