// SPDX-License-Identifier: GPL-3.0-or-later
// QEMU plugin: counts executed instructions between the firmware's markers and writes one line per
// operator: total, then loads, stores, multiply-accumulates, branches taken, branches not taken,
// other. Argument: out=FILE.
//
// QEMU executes blocks of instructions that end with a branch; counting blocks of known content
// gives exact counts. A conditional branch was not taken where the next block begins directly after
// it. Blocks with a marker are not counted. A predicated-off instruction counts as executed.
#include <array>
#include <cstdio>
#include <cstring>
#include <memory>
#include <vector>

#include "firmware/markers.h"
#include "qemu_plugin/instruction_class.h"
#include "qemu_plugin/plugin_interface.h"

namespace {

using qemu_plugin::InstructionClass;

struct Block {
    std::array<uint32_t, qemu_plugin::kInstructionClasses> instructions{};
    uint64_t begin = 0, end = 0;  // address of the first instruction, and of the end
    bool endsConditional = false;
    enum Marker { None, Begin, End } marker = None;
    uint64_t executed = 0;
};

// QEMU runs one core here, so one thread executes and translates.
std::vector<std::unique_ptr<Block>> blocks;
const Block* previous = nullptr;
uint64_t notTaken = 0;
bool counting = false;
FILE* output = nullptr;
bool isRiscV = false;
uint32_t beginHint = firmware::kBeginHint, endHint = firmware::kEndHint;

void startCounting() {
    for (const auto& block : blocks)
        block->executed = 0;
    notTaken = 0;
    previous = nullptr;
    counting = true;
}

void writeCounts() {
    std::array<uint64_t, qemu_plugin::kInstructionClasses> sums{};
    uint64_t total = 0;
    for (const auto& block : blocks)
        for (size_t c = 0; c < sums.size(); ++c)
            sums[c] += block->executed * block->instructions[c];
    for (uint64_t sum : sums)
        total += sum;
    const auto of = [&](InstructionClass c) { return sums[static_cast<size_t>(c)]; };
    const uint64_t taken =
        of(InstructionClass::Branch) + of(InstructionClass::ConditionalBranch) - notTaken;
    const unsigned long long row[] = {total,
                                      of(InstructionClass::Load),
                                      of(InstructionClass::Store),
                                      of(InstructionClass::MultiplyAccumulate),
                                      taken,
                                      notTaken,
                                      of(InstructionClass::Other)};
    for (unsigned long long value : row)
        std::fprintf(output, "%llu ", value);
    std::fprintf(output, "\n");
    std::fflush(output);
}

void executed(unsigned, void* data) {
    auto& block = *static_cast<Block*>(data);
    if (block.marker == Block::Begin) return startCounting();
    if (!counting) return;
    if (block.marker == Block::End) {
        counting = false;
        return writeCounts();
    }
    if (previous != nullptr && previous->endsConditional && previous->end == block.begin)
        ++notTaken;
    ++block.executed;
    previous = &block;
}

void add(Block& block, const qemu_plugin_insn* instruction) {
    const auto* bytes = static_cast<const unsigned char*>(qemu_plugin_insn_data(instruction));
    const size_t size = qemu_plugin_insn_size(instruction);
    uint16_t halves[2] = {};
    std::memcpy(halves, bytes, size < sizeof halves ? size : sizeof halves);
    const uint32_t code = isRiscV ? halves[0] | uint32_t{halves[1]} << 16 : halves[0];
    if (code == beginHint) block.marker = Block::Begin;
    if (code == endHint) block.marker = Block::End;
    const InstructionClass kind = isRiscV ? qemu_plugin::classifyRiscV(code)
                                          : qemu_plugin::classify(halves[0], halves[1], size == 4);
    ++block.instructions[static_cast<size_t>(kind)];
    block.end = qemu_plugin_insn_vaddr(instruction) + size;
    block.endsConditional = kind == InstructionClass::ConditionalBranch;
}

void translated(qemu_plugin_id_t, qemu_plugin_tb* tb) {
    Block& block = *blocks.emplace_back(std::make_unique<Block>());
    block.begin = qemu_plugin_insn_vaddr(qemu_plugin_tb_get_insn(tb, 0));
    for (size_t i = 0; i < qemu_plugin_tb_n_insns(tb); ++i)
        add(block, qemu_plugin_tb_get_insn(tb, i));
    qemu_plugin_register_vcpu_tb_exec_cb(tb, executed, QEMU_PLUGIN_CB_NO_REGS, &block);
}

}  // namespace

extern "C" {

__attribute__((visibility("default"))) int qemu_plugin_version = 1;

__attribute__((visibility("default"))) int qemu_plugin_install(qemu_plugin_id_t id,
                                                               const qemu_info_t* info, int count,
                                                               char** arguments) {
    isRiscV = std::strncmp(info->target_name, "riscv", 5) == 0;
    if (isRiscV) {
        beginHint = firmware::kBeginHintRiscV;
        endHint = firmware::kEndHintRiscV;
    }
    constexpr char kOut[] = "out=";
    for (int i = 0; i < count; ++i)
        if (std::strncmp(arguments[i], kOut, sizeof kOut - 1) == 0)
            output = std::fopen(arguments[i] + sizeof kOut - 1, "w");
    if (output == nullptr) {
        std::fprintf(stderr, "counting plugin: out=FILE is missing or cannot be written\n");
        return 1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, translated);
    return 0;
}
}
