// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Execution: a graph ready to run on this machine: its Program, an arena and its state.
//
// Ownership: owns all its memory; the Graph may be destroyed. Thread rules: one Execution belongs
// to one thread at a time; make several from one Lowered to run in parallel (the Program is shared
// and immutable).

#include <functional>
#include <memory>
#include <span>
#include <stop_token>

#include "types/band_plan.h"
#include "types/graph.h"
#include "types/memory_plan.h"
#include "types/result.h"
#include "types/target.h"

namespace lowering {

class HostProgram;

/// A Program (runtime/program.h) in an aligned, immutable block of memory.
struct Lowered {
    std::shared_ptr<const std::vector<uint64_t>> words;  ///< the blob, 16-byte aligned start
    size_t programBytes = 0;
    size_t preparedBytes = 0;  ///< part of it: data derived by lowering (multipliers, parameters)
    /// Created by the first Execution with fast kernels and shared with its siblings.
    std::shared_ptr<const HostProgram> host;
};

/// The plain kernels, or the vector kernels of this machine; both give the same results.
enum class Kernels { Reference, Fast };

/// Lowers a validated graph with the given plan, which was made from scratchNeeds() for the same
/// instructions.
types::Result<Lowered> lower(const types::Graph& graph, const types::MemoryPlan& plan,
                             types::Isa isa = types::Isa::Portable);

/// Bytes behind the plan that the Program's arena has, too: kernels for these instructions may read
/// a little beyond their operands.
int64_t overreadBytes(types::Isa isa);

/// The same for a plan in bands of rows, made for the same instructions. The steps are checked.
types::Result<Lowered> lowerBands(const types::Graph& graph, const types::BandPlan& plan,
                                  types::Isa isa = types::Isa::Portable);

/// Runs from a reset state until one is not ended early by CIRCULAR_BUFFER; 1 without it. At most a
/// million.
size_t hopsPerOutput(const Lowered& lowered);

class Execution {
public:
    /// Plans greedily, lowers and allocates.
    static types::Result<Execution> create(const types::Graph& graph,
                                           Kernels kernels = Kernels::Fast);
    explicit Execution(Lowered lowered, Kernels kernels = Kernels::Fast);
    Execution(Execution&&) noexcept;
    Execution& operator=(Execution&&) noexcept;
    ~Execution();

    /// Returns another Execution of the same model for another thread: shares program and weights,
    /// has its own arena and state.
    Execution sibling() const;

    size_t inputCount() const;
    size_t outputCount() const;
    /// Memory of model input / output i, in subgraph order. Write the inputs before every invoke:
    /// the arena may reuse their bytes.
    std::span<uint8_t> input(size_t i);
    std::span<const uint8_t> output(size_t i) const;

    /// Bytes that this machine's kernels packed beside the Program (shared by siblings), and that
    /// one run needs beside its arena; 0 with the plain kernels.
    size_t packedBytes() const;
    size_t workspaceBytes() const;

    /// Sets all state to its values before the first invoke. What an operator leaves unwritten is
    /// 0, too, so a run does not depend on those before.
    void resetState();

    size_t opCount() const;

    /// Called after each operator; `tensor` then gives the outputs of operator `op`.
    using Observer = std::function<void(size_t op)>;
    /// Returns types::cancelled() after the operator during which `stop` was requested.
    types::Result<void> invoke(const Observer& afterOp = {}, const std::stop_token& stop = {});
    /// True where CIRCULAR_BUFFER ended the last invoke early: its outputs are not new.
    bool wasSkipped() const;

    size_t hopsPerOutput() const;
    /// True for operators that leave outputs, or parts of them, as the memory was (as TFLM does):
    /// their values depend on the memory plan.
    bool mayLeaveUnwritten() const;
    /// Invokes as often as the model needs for one output, each time with inputs that `fill`
    /// writes. The observer sees the last invoke.
    types::Result<void> invokeHops(const std::function<types::Result<void>(Execution&)>& fill,
                                   const Observer& afterOp = {}, const std::stop_token& stop = {});

    /// Bytes of any tensor, by graph index; activations keep their value only while they are alive.
    std::span<const uint8_t> tensor(int32_t index) const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

}  // namespace lowering
