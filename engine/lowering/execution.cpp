// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/execution.h"

#include <algorithm>
#include <cstring>

#include "lowering/host_program.h"
#include "lowering/requirements.h"
#include "memory/greedy_planner.h"
#include "runtime/kernels/circular_buffer.h"
#include "runtime/run.h"

namespace lowering {

// The runtime requires 16 bytes; whole cache lines save vector kernels loads across two lines.
struct alignas(runtime::kSideAlignment) CacheLine {
    uint8_t bytes[runtime::kSideAlignment];
};

/// Model inputs that the Program reads row by row lie here as a whole.
struct HeldInputs : runtime::Feeder {
    explicit HeldInputs(const runtime::Program& program) : Feeder{give} {
        for (uint32_t i = 0; i < program.inputs.count; ++i) {
            const runtime::TensorRecord& tensor = program.tensor(program.input(i));
            const bool isFed = tensor.place == runtime::Place::Absent;
            bytes.emplace_back(isFed ? tensor.bytes : 0);
        }
        positions.resize(bytes.size());
    }

    static bool give(const Feeder& self, uint32_t input, uint8_t* to, uint32_t count) {
        const auto& held = static_cast<const HeldInputs&>(self);
        size_t& position = held.positions[input];
        if (count > held.bytes[input].size() - position) return false;
        std::memcpy(to, held.bytes[input].data() + position, count);
        position += count;
        return true;
    }

    std::vector<std::vector<uint8_t>> bytes;  ///< per input; empty where it lies in the arena
    mutable std::vector<size_t> positions;    ///< of the next row
};

namespace {

std::vector<CacheLine> allocate(size_t bytes) {
    return std::vector<CacheLine>((bytes + sizeof(CacheLine) - 1) / sizeof(CacheLine));
}

uint8_t* firstByte(std::vector<CacheLine>& lines) {
    return lines.empty() ? nullptr : lines.front().bytes;
}

const char* wordsFor(runtime::Status status) {
    switch (status) {
        case runtime::Status::BadProgram:
            return "program is of another version";
        case runtime::Status::MissingKernel:
            return "kernel set lacks a kernel of the program";
        case runtime::Status::BadData:
            return "an index computed at run time is out of range";
        case runtime::Status::EndlessLoop:
            return "a WHILE loop ran for more than 1,000,000 rounds";
        case runtime::Status::Stopped:
        case runtime::Status::Skipped:
        case runtime::Status::Ok:
            break;
    }
    return "";
}

/// Not inlined: a successful run should not pay for the texts of a failed one.
[[gnu::noinline]] types::Result<void> failed(runtime::Status status) {
    if (status == runtime::Status::Stopped) return types::cancelled();
    return types::fail(wordsFor(status), "run");
}

struct Watcher {
    const Execution::Observer& afterOp;
    const std::stop_token& stop;
};

void callObserver(void* context, const runtime::OpRecord& op) {
    static_cast<const Watcher*>(context)->afterOp(op.graphOp);
}

bool isStopped(void* context) {
    return static_cast<const Watcher*>(context)->stop.stop_requested();
}

/// Kernels that may leave an output, or a part of it, as it was.
bool leavesUnwritten(const runtime::Program& program) {
    bool leaves = false;
    runtime::forEachOp(program, [&](const runtime::OpRecord& op, uint32_t) {
        switch (static_cast<runtime::KernelId>(op.kernel)) {
            case runtime::KernelId::CircularBuffer:
            case runtime::KernelId::SignalEnergy:
            case runtime::KernelId::SignalFramer:
            case runtime::KernelId::SignalStacker:
                leaves = true;
                break;
            default:
                break;
        }
    });
    return leaves;
}

}  // namespace

size_t hopsPerOutput(const Lowered& lowered) {
    const auto& program = *reinterpret_cast<const runtime::Program*>(lowered.words->data());
    constexpr size_t kMost = 1'000'000;
    size_t hops = 1;
    for (uint32_t i = 0; i < program.ops.count; ++i) {
        const runtime::OpRecord& op = program.op(i);
        if (op.kernel != static_cast<uint16_t>(runtime::KernelId::CircularBuffer)) continue;
        const auto cycles = program.at<runtime::CircularBufferParams>(op.params)->cycles;
        hops = std::min(kMost, hops * static_cast<size_t>(cycles));
    }
    return hops;
}

struct Execution::State {
    State(Lowered given, Kernels kernels)
        : lowered(std::move(given)),
          program(*reinterpret_cast<const runtime::Program*>(lowered.words->data())),
          arena(allocate(program.arenaBytes)),
          state(allocate(program.stateBytes)),
          held(program),
          memory{firstByte(arena), firstByte(state), &held},
          hops(lowering::hopsPerOutput(lowered)),
          clearsArena(leavesUnwritten(program)) {
        // The fast kernels are made for whole images.
        if (kernels == Kernels::Reference || program.steps != 0) {
            lowered.host = nullptr;
            return;
        }
        if (lowered.host == nullptr) lowered.host = HostProgram::make(program);
        workspace = allocate(lowered.host->workspaceBytes());
        addresses = lowered.host->addressesIn(memory);
        instance = {memory, &addresses, firstByte(workspace)};
    }

    runtime::Status run(const runtime::Observer& observer) {
        std::ranges::fill(held.positions, 0);
        if (lowered.host == nullptr)
            return runtime::run(program, runtime::referenceKernels(), memory, observer);
        return lowered.host->run(instance, observer);
    }

    std::span<uint8_t> input(uint32_t i) {
        auto& fed = held.bytes[i];
        return fed.empty() ? bytes(program.input(i)) : std::span(fed);
    }
    std::span<uint8_t> bytes(int32_t tensor) const {
        return {runtime::addressOf(program, memory, tensor), program.tensor(tensor).bytes};
    }

    Lowered lowered;
    const runtime::Program& program;
    std::vector<CacheLine> arena, state;
    HeldInputs held;
    runtime::Memory memory;
    const size_t hops;
    const bool clearsArena;
    bool skipped = false;  ///< the last invoke
    std::vector<CacheLine> workspace;
    HostProgram::Addresses addresses;  ///< of all operands, for the fast kernels
    HostProgram::Instance instance{};  ///< of the fast kernels
};

types::Result<Execution> Execution::create(const types::Graph& original, Kernels kernels) {
    const auto view = folded(original);
    const types::Graph& graph = view ? *view : original;
    auto lowered = lower(graph, memory::planGreedy(graph, scratchNeeds(graph)));
    if (!lowered) return tl::unexpected(lowered.error());
    return Execution(std::move(*lowered), kernels);
}

Execution::Execution(Lowered lowered, Kernels kernels)
    : m_state(std::make_unique<State>(std::move(lowered), kernels)) {
    resetState();
}

Execution::Execution(Execution&&) noexcept = default;
Execution& Execution::operator=(Execution&&) noexcept = default;
Execution::~Execution() = default;

Execution Execution::sibling() const {
    const bool fast = m_state->lowered.host != nullptr;
    return Execution(m_state->lowered, fast ? Kernels::Fast : Kernels::Reference);
}

size_t Execution::inputCount() const {
    return m_state->program.inputs.count;
}
size_t Execution::outputCount() const {
    return m_state->program.outputs.count;
}

std::span<uint8_t> Execution::input(size_t i) {
    return m_state->input(static_cast<uint32_t>(i));
}

std::span<const uint8_t> Execution::output(size_t i) const {
    return m_state->bytes(m_state->program.output(static_cast<uint32_t>(i)));
}

size_t Execution::packedBytes() const {
    return m_state->lowered.host == nullptr ? 0 : m_state->lowered.host->sideBytes();
}
size_t Execution::workspaceBytes() const {
    return m_state->workspace.size() * sizeof(CacheLine);
}

void Execution::resetState() {
    runtime::resetState(m_state->program, m_state->memory);
    if (m_state->clearsArena) std::ranges::fill(m_state->arena, CacheLine{});
}

size_t Execution::opCount() const {
    return m_state->program.stepCount();
}

types::Result<void> Execution::invoke(const Observer& afterOp, const std::stop_token& stop) {
    Watcher watcher{afterOp, stop};
    const runtime::Observer observer{afterOp ? callObserver : nullptr, &watcher,
                                     stop.stop_possible() ? isStopped : nullptr};
    const auto status = m_state->run(observer);
    m_state->skipped = status == runtime::Status::Skipped;
    if (status != runtime::Status::Ok && !m_state->skipped) return failed(status);
    // Not `return {}`, which would zero the space for an Error.
    types::Result<void> done;
    return done;
}

bool Execution::wasSkipped() const {
    return m_state->skipped;
}

bool Execution::mayLeaveUnwritten() const {
    return m_state->clearsArena;
}

size_t Execution::hopsPerOutput() const {
    return m_state->hops;
}

types::Result<void> Execution::invokeHops(
    const std::function<types::Result<void>(Execution&)>& fill, const Observer& afterOp,
    const std::stop_token& stop) {
    for (size_t hop = 1; hop < m_state->hops; ++hop) {
        if (auto filled = fill(*this); !filled) return filled;
        if (auto ran = invoke({}, stop); !ran) return ran;
    }
    if (auto filled = fill(*this); !filled) return filled;
    return invoke(afterOp, stop);
}

std::span<const uint8_t> Execution::tensor(int32_t index) const {
    if (m_state->program.tensor(index).place == runtime::Place::Absent) return {};
    return m_state->bytes(index);
}

}  // namespace lowering
