// SPDX-License-Identifier: GPL-3.0-or-later
#include "firmware/agent/model_slot.h"

#include "firmware/agent/check_program.h"
#include "firmware/agent/model_layout.h"
#include "firmware/markers.h"
#include "firmware/stack_paint.h"
#include "runtime/checksum.h"
#if defined(__ARM_FEATURE_DSP)
#include "runtime/cortex_m/cortex_kernels.h"
#endif

namespace firmware {

volatile int32_t runningOp = -1;

namespace {

using runtime::addressOf;
using runtime::OpRecord;
using runtime::Program;

const runtime::KernelSet& kernelsOfBuild() {
#if defined(__ARM_FEATURE_DSP)
    return runtime::cortexKernels();
#else
    return runtime::referenceKernels();
#endif
}

/// One invoke, as the observer sees it. What the observer itself does is not timed.
struct Watch {
    const Program& program;
    const runtime::Memory& memory;
    const bool withChecksums;
    Row* row;
    void (*const alive)(void*, uint32_t);
    void* const context;
    uint32_t opsDone = 0;
    uint64_t begin = 0, sum = 0, spokenAt = 0;

    void addRows(const OpRecord& op, uint64_t took) {
        const int32_t* outputs = program.at<int32_t>(op.operands) + op.inputs;
        Row next{static_cast<int32_t>(op.graphOp), -1, 0, 0, took};
        for (uint32_t i = 0; i < op.outputs; ++i) {
            if (outputs[i] < 0) continue;
            next.tensor = outputs[i];
            const uint8_t* bytes = addressOf(program, memory, next.tensor);
            const bool isRead = withChecksums && bytes != nullptr;
            next.checksum =
                isRead ? runtime::checksum(bytes, program.tensor(next.tensor).bytes) : 0;
            *row++ = next;
            next.cycles = 0;
        }
        if (next.tensor < 0) *row++ = next;
    }

    void speak(uint64_t now) {
        if (now - spokenAt < portInfo().clockHz / 2) return;
        alive(context, opsDone);
        spokenAt = now;
    }

    void expect(uint32_t position) {
        const bool more = position < program.stepCount();
        runningOp = more ? static_cast<int32_t>(program.step(position).graphOp) : -1;
    }
};

#if defined(__arm__)
void beginCount() {
    countFromHere();
}
void endCount() {
    countToHere();
}
#else
void beginCount() {}
void endCount() {}
#endif

void afterOp(void* context, const OpRecord& op) {
    const uint64_t end = cycles();
    endCount();
    markLayer();
    Watch& watch = *static_cast<Watch*>(context);
    watch.sum += end - watch.begin;
    watch.addRows(op, end - watch.begin);
    watch.expect(++watch.opsDone);
    watch.speak(end);
    beginCount();
    watch.begin = cycles();
}

}  // namespace

uint8_t isaOfBuild() {
#if defined(__ARM_FEATURE_MVE)
    return 2;
#elif defined(__ARM_FEATURE_DSP)
    return 1;
#else
    return 0;
#endif
}

const uint8_t* ModelSlot::programBytes() const {
    return m_announced.store == Store::Flash ? flashArea().begin : ramArea().begin;
}

Refused ModelSlot::begin(const Begin& announced) {
    const bool isSame = m_stage != Stage::Empty && announced.bytes == m_announced.bytes &&
                        announced.checksum == m_announced.checksum &&
                        announced.store == m_announced.store;
    const bool inFlash = announced.store == Store::Flash;
    const uint32_t room = inFlash ? flashArea().bytes : ramArea().bytes;
    if (announced.bytes > room || announced.bytes < sizeof(Program))
        return {Denial::NoRoom, announced.bytes};
    m_announced = announced;
    m_stage = Stage::Receiving;
    if (runtime::checksum(programBytes(), announced.bytes) == announced.checksum)
        m_received = announced.bytes;
    else if (!isSame || m_received == announced.bytes)
        m_received = 0;
    return {};
}

Refused ModelSlot::write(uint32_t offset, const uint8_t* bytes, uint32_t count) {
    if (m_stage == Stage::Empty) return {Denial::OutOfOrder, 0};
    const uint64_t end = uint64_t{offset} + count;
    const bool isLast = end == m_announced.bytes;
    if (offset % kChunk != 0 || count > kChunk || (count < kChunk && !isLast) ||
        end > m_announced.bytes)
        return {Denial::Malformed, offset};
    if (end <= m_received) return {};
    if (offset != m_received) return {Denial::OutOfOrder, m_received};
    m_stage = Stage::Receiving;
    if (m_announced.store == Store::Ram) {
        __builtin_memcpy(ramArea().begin + offset, bytes, count);
    } else {
        const bool written = writeFlash(offset, bytes, count);
        if (!written || __builtin_memcmp(programBytes() + offset, bytes, count) != 0)
            return {Denial::FlashFailed, offset};
    }
    m_received = static_cast<uint32_t>(end);
    return {};
}

Refused ModelSlot::prepare() {
    if (m_stage == Stage::Empty || m_received != m_announced.bytes)
        return {Denial::OutOfOrder, m_received};
    const uint32_t sum = runtime::checksum(programBytes(), m_announced.bytes);
    if (sum != m_announced.checksum) {
        m_received = 0;
        return {Denial::WrongChecksum, sum};
    }
    const Refused found = checkProgram(program(), m_announced.bytes, kernelsOfBuild());
    if (found.isRefused()) return found;
    const RamArea ram = ramArea();
    const ModelLayout layout = layoutOf(program(), m_announced.store);
    if (layout.end > ram.bytes)
        return {Denial::NoRoom,
                layout.end > UINT32_MAX ? UINT32_MAX : static_cast<uint32_t>(layout.end)};
    m_memory = {ram.begin + layout.arena, ram.begin + layout.state};
    m_rows = reinterpret_cast<Row*>(ram.begin + layout.rows);
    m_stage = Stage::Prepared;
    return {};
}

Refused ModelSlot::reset(uint8_t fill) {
    if (m_stage < Stage::Prepared) return {Denial::OutOfOrder, m_received};
    m_fill = fill;
    m_invokes = 0;
    m_result = {};
    __builtin_memset(m_memory.arena, fill, program().arenaBytes);
    __builtin_memset(m_memory.state, 0, program().stateBytes);
    runtime::resetState(program(), m_memory);
    paintStack();
    m_stage = Stage::Reset;
    return {};
}

Refused ModelSlot::input(const InputHead& head, const uint8_t* bytes, uint32_t count) {
    if (m_stage != Stage::Reset) return {Denial::OutOfOrder, 0};
    if (head.input >= program().inputs.count) return {Denial::Malformed, head.input};
    const int32_t tensor = program().input(head.input);
    uint8_t* place = addressOf(program(), m_memory, tensor);
    if (place == nullptr || program().tensor(tensor).place == runtime::Place::Constant) return {};
    if (uint64_t{head.offset} + count > program().tensor(tensor).bytes)
        return {Denial::Malformed, head.input};
    __builtin_memcpy(place + head.offset, bytes, count);
    return {};
}

uint32_t ModelSlot::inputsChecksum() const {
    uint32_t sum = 0;
    for (uint32_t i = 0; i < program().inputs.count; ++i) {
        const int32_t tensor = program().input(i);
        const uint8_t* place = addressOf(program(), m_memory, tensor);
        if (place == nullptr || program().tensor(tensor).place == runtime::Place::Constant ||
            program().tensor(tensor).bytes == 0)
            continue;
        sum = sum * 31 + runtime::checksum(place, program().tensor(tensor).bytes);
    }
    return sum;
}

uint32_t ModelSlot::usedArena() const {
    uint32_t used = program().arenaBytes;
    while (used > 0 && m_memory.arena[used - 1] == m_fill)
        --used;
    return used;
}

Refused ModelSlot::run(const Run& asked, RunResult& result, void (*alive)(void*, uint32_t),
                       void* context) {
    if (m_stage != Stage::Reset) return {Denial::OutOfOrder, 0};
    if (m_invokes > 0 && asked.invoke == m_invokes - 1) {
        result = m_result;
        return {};
    }
    if (asked.invoke != m_invokes) return {Denial::OutOfOrder, m_invokes};
    const uint32_t sum = inputsChecksum();
    if (sum != asked.inputsChecksum) return {Denial::WrongChecksum, sum};
    Watch watch{program(), m_memory, asked.withChecksums != 0, m_rows, alive, context};
    watch.expect(0);
    watch.spokenAt = cycles();
    markLayer();
    beginCount();
    watch.begin = cycles();
    const auto status =
        runtime::run(program(), kernelsOfBuild(), m_memory, {afterOp, &watch, nullptr});
    runningOp = -1;
    ++m_invokes;
    if (stackIsExhausted()) {
        m_stage = Stage::Receiving;
        return {Denial::StackOverflow, deepestStack()};
    }
    m_result = {asked.invoke,
                static_cast<int32_t>(status),
                static_cast<uint32_t>(watch.row - m_rows),
                deepestStack(),
                staticBytes(),
                usedArena(),
                watch.sum};
    result = m_result;
    return {};
}

}  // namespace firmware
