// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the BoardJob in memory and writes the log:
//   netcaliper-log 1
//   core m4
//   version 0.1.0                    of the program that this image belongs to
//   compiler GCC 12.2.1 20221205
//   flags -O2
//   program bytes=N arena=N state=N
//   op I KERNEL T5=CRC T6=CRC        in the last invoke, in the order of execution
//   outputs T7=CRC
//   memory static=N stack=N          RAM beside arena and state
//   end status=N
// or, after a crash, with the operator that was running:
//   fault exception=N status=HEX address=HEX op=I      Cortex-M
//   fault cause=N address=HEX op=I                     RISC-V
// I is the operator's index in the model, CRC zlib's CRC-32 of the tensor's bytes.
#include "firmware/board_job.h"
#include "firmware/board_kernels.h"
#include "firmware/log_text.h"
#include "firmware/markers.h"
#include "firmware/semihosting.h"
#include "firmware/stack_paint.h"
#include "firmware/start.h"
#include "runtime/checksum.h"
#include "runtime/run.h"

extern "C" const firmware::BoardJob job[];  // one BoardJob, followed by its data

namespace firmware {

namespace {

int32_t currentOp = -1;  // index in the model, reported after a crash

using runtime::Memory;
using runtime::OpRecord;
using runtime::Program;

struct Watch {
    const Program& program;
    const Memory& memory;
    bool last;          // in the invoke whose results are logged
    uint32_t position;  // of the running op
    LogLine line;
};

void addChecksum(Watch& watch, int32_t tensor) {
    const uint8_t* bytes = runtime::addressOf(watch.program, watch.memory, tensor);
    watch.line.text(" T").number(static_cast<uint32_t>(tensor)).text("=");
    watch.line.hex(runtime::checksum(bytes, watch.program.tensor(tensor).bytes));
}

void logOp(Watch& watch, const OpRecord& op) {
    watch.line.text("op ").number(op.graphOp).text(" ").text(boardKernelName(op.kernel));
    const int32_t* outputs = watch.program.at<int32_t>(op.operands) + op.inputs;
    for (uint32_t i = 0; i < op.outputs; ++i)
        if (outputs[i] >= 0) addChecksum(watch, outputs[i]);
    watch.line.send();
}

void afterOp(void* context, const OpRecord& op) {
    countToHere();
    Watch& watch = *static_cast<Watch*>(context);
    if (watch.last) logOp(watch, op);
    ++watch.position;
    const bool more = watch.position < watch.program.stepCount();
    currentOp = more ? static_cast<int32_t>(watch.program.step(watch.position).graphOp) : -1;
    countFromHere();
}

void setInputs(const Program& program, const Memory& memory, const uint8_t* bytes) {
    for (uint32_t i = 0; i < program.inputs.count; ++i) {
        const uint32_t size = program.tensor(program.input(i)).bytes;
        __builtin_memcpy(runtime::addressOf(program, memory, program.input(i)), bytes, size);
        bytes += (size + 15) / 16 * 16;
    }
}

runtime::Status invoke(Watch& watch) {
    watch.position = 0;
    if (watch.program.stepCount() > 0)
        currentOp = static_cast<int32_t>(watch.program.step(0).graphOp);
    countFromHere();
    const auto status = runtime::run(watch.program, boardKernels(job->plainKernels != 0),
                                     watch.memory, {afterOp, &watch});
    return status;
}

#if defined(__riscv)
void describeFault(LogLine& line, uint32_t cause, uint32_t value) {
    line.text("fault cause=").number(cause).text(" address=").hex(value);
}
#else
void describeFault(LogLine& line, uint32_t exception, uint32_t status) {
    // Address of a bus fault, and the flag in the status that makes it valid.
    const auto* const address = reinterpret_cast<const volatile uint32_t*>(0xe000ed38);
    constexpr uint32_t kAddressIsKnown = 1u << 15;
    line.text("fault exception=").number(exception).text(" status=").hex(status);
    if (status & kAddressIsKnown) line.text(" address=").hex(*address);
}
#endif

bool hasRun(runtime::Status status) {
    return status == runtime::Status::Ok || status == runtime::Status::Skipped;
}

void logHead(const Program& program) {
    LogLine line;
    line.text("netcaliper-log 1").send();
    line.text("core " NETCALIPER_CORE).send();
    line.text("version " NETCALIPER_VERSION).send();
    line.text("compiler GCC " __VERSION__).send();
    line.text("flags " NETCALIPER_FLAGS).send();
    line.text("program bytes=").number(program.bytes);
    line.text(" arena=").number(program.arenaBytes).text(" state=").number(program.stateBytes);
    line.send();
}

}  // namespace

uint32_t main() {
    paintStack();
    if (job->magic != kJobMagic || job->version != kJobVersion) return kExitBadJob;
    const auto* base = reinterpret_cast<const uint8_t*>(job);
    const auto& program = *reinterpret_cast<const Program*>(base + job->programOffset);
    auto* arena = const_cast<uint8_t*>(base) + job->arenaOffset;
    const Memory memory{arena, arena + (program.arenaBytes + 15) / 16 * 16};
    logHead(program);
    runtime::resetState(program, memory);
    auto status = runtime::Status::Ok;
    Watch watch{program, memory, false, 0, {}};
    for (uint32_t i = 0; i < job->invokes && hasRun(status); ++i) {
        setInputs(program, memory, base + job->inputsOffset + i * job->inputsBytes);
        watch.last = i + 1 == job->invokes;
        status = invoke(watch);
    }
    if (hasRun(status)) {
        watch.line.text("outputs");
        for (uint32_t i = 0; i < program.outputs.count; ++i)
            addChecksum(watch, program.output(i));
        watch.line.send();
    }
    LogLine()
        .text("memory static=")
        .number(staticBytes())
        .text(" stack=")
        .number(deepestStack())
        .send();
    LogLine().text("end status=").number(static_cast<uint32_t>(status)).send();
    return static_cast<uint32_t>(status);
}

void onFault(uint32_t exception, uint32_t status) {
    LogLine line;
    describeFault(line, exception, status);
    if (currentOp >= 0) line.text(" op=").number(static_cast<uint32_t>(currentOp));
    line.send();
    exitWith(kExitFault);
}

}  // namespace firmware
