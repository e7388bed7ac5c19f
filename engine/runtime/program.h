// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Program: an executable model in one flat block of memory. All references inside are offsets from
// the start of the block, so it may lie at any 16-byte aligned address: on the heap of a desktop,
// in the flash of a board as a const array, in a file for an emulator.
//
// Layout: Header, tensor records, op records, operand lists (int32), parameter blocks, constants;
// for a model with control flow also a table of blocks, the subgraphs that its operators call. A
// Program that runs in bands of rows has an op for each different call and a list of steps.
// Parameter blocks and constants start at multiples of 16. Numbers are little-endian; all structs
// have the same layout on 32-bit and 64-bit targets (no pointers, no size_t, no long).
//
// Ownership: a Program owns nothing. Thread rules: it is immutable, so any number of threads may
// run it, each with its own Memory.

#include <stddef.h>
#include <stdint.h>

namespace runtime {

constexpr uint32_t kProgramMagic = 0x5043434e;  ///< "NCCP"
constexpr uint32_t kProgramVersion = 4;
constexpr uint32_t kAlignment = 16;  ///< of the block, the arena, the state and all parts

/// A part of the block: `count` elements from `offset` bytes.
struct Part {
    uint32_t offset = 0;
    uint32_t count = 0;
};

/// Location of a tensor's bytes.
enum class Place : uint8_t {
    Absent = 0,    ///< no operator reads or writes it
    Constant = 1,  ///< in the program, `offset` from its start
    Arena = 2,     ///< shared by buffers that are alive at different times
    State = 3,     ///< kept between runs
};

struct TensorRecord {
    uint32_t offset = 0;
    uint32_t bytes = 0;
    Place place = Place::Absent;
    uint8_t type = 0;   ///< element type code of the .tflite container, for information
    uint8_t reset = 0;  ///< State: value of every byte before the first run
    uint8_t unused = 0;
};

/// One kernel call. Its operands are `inputs` + `outputs` + `scratches` tensor indices at
/// `operands` (bytes from the program's start); -1 is an absent optional input.
struct OpRecord {
    uint16_t kernel = 0;  ///< KernelId
    uint16_t inputs = 0, outputs = 0, scratches = 0;
    uint32_t graphOp = 0;  ///< index of the operator in the model
    uint32_t operands = 0;
    uint32_t params = 0;  ///< parameter block: the kernel's struct, then its arrays
    /// What the Parts in the struct count from: `params`, or the block of another op that computes
    /// other rows with the same arrays.
    uint32_t arrays = 0;
};

/// A subgraph that operators of control flow run. Its tensors stand in the Program's table; their
/// places in the arena count from a region that the caller gives it, so one block may be called
/// from several places.
struct Block {
    Part ops;              ///< OpRecord, in the order of execution
    Part inputs, outputs;  ///< int32 tensor indices
};

struct Program {
    uint32_t magic = kProgramMagic;
    uint32_t version = kProgramVersion;
    uint32_t bytes = 0;  ///< bytes of the whole block
    uint32_t arenaBytes = 0;
    uint32_t stateBytes = 0;
    Part tensors;          ///< TensorRecord; the model's tensors in order, then all others
    Part ops;              ///< OpRecord, in the order of execution
    Part inputs, outputs;  ///< int32 tensor indices
    Part blocks;           ///< Block, by the subgraph's index in the model; empty without calls
    /// Offset of a Part: uint16 indices of ops in the order of execution, most of them many times,
    /// for a Program that runs in bands; 0: each op of `ops` once.
    uint32_t steps = 0;

    template <typename T>
    const T* at(uint32_t offset) const {
        return reinterpret_cast<const T*>(reinterpret_cast<const uint8_t*>(this) + offset);
    }
    const TensorRecord& tensor(int32_t index) const {
        return at<TensorRecord>(tensors.offset)[index];
    }
    const OpRecord& op(uint32_t index) const { return at<OpRecord>(ops.offset)[index]; }
    int32_t input(uint32_t i) const { return at<int32_t>(inputs.offset)[i]; }
    int32_t output(uint32_t i) const { return at<int32_t>(outputs.offset)[i]; }
    /// Calls of ops in one run, and the op of each.
    uint32_t stepCount() const { return steps == 0 ? ops.count : at<Part>(steps)->count; }
    const OpRecord& step(uint32_t index) const {
        return op(steps == 0 ? index : at<uint16_t>(at<Part>(steps)->offset)[index]);
    }
    const Block& block(uint32_t index) const { return at<Block>(blocks.offset)[index]; }
};

/// Calls `visit(op, subgraph)` for every op of the main graph (subgraph 0), then of each block.
template <typename Visit>
void forEachOp(const Program& program, Visit visit) {
    const auto visitAll = [&](Part ops, uint32_t subgraph) {
        for (uint32_t i = 0; i < ops.count; ++i)
            visit(program.at<OpRecord>(ops.offset)[i], subgraph);
    };
    visitAll(program.ops, 0);
    for (uint32_t block = 0; block < program.blocks.count; ++block)
        visitAll(program.block(block).ops, block);
}

static_assert(sizeof(Part) == 8 && sizeof(TensorRecord) == 12 && sizeof(Block) == 24);
static_assert(sizeof(OpRecord) == 24 && sizeof(Program) == 64);

}  // namespace runtime
