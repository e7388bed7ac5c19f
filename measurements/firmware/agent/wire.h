// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// The protocol between a measuring program and the resident agent on a board. The program asks, the
// agent answers; one question at a time. A frame (frame.h) carries one message: a MessageHead and
// its body. The agent answers with the question's kind | kAnswer, its sequence number and session,
// or with kRefused.
//
// Every question may be asked again with the same effect, so a lost answer costs only time: writes
// name their offset, runs their number. `session` is a number that the program draws; a board that
// was reset has forgotten it and refuses with Denial::UnknownSession.
//
//   Hello      -> AgentInfo                 begins a session; keeps the Program in memory
//   SetBaud    -> (empty), then the rate    without a good frame the start rate returns
//   Begin      -> Received                  announces a Program; what is in memory is not sent
//   again Write      -> Received                  bytes of the Program, in order Prepare    ->
//   (empty)                   checks the Program, lays out the memory Reset      -> (empty) state
//   and arena as before the first invoke Input      -> (empty)                   bytes of an input
//   Run        -> Alive..., RunResult       one invoke
//   Rows       -> Row...                    of the last invoke
//   Bye        -> (empty)                   the start rate returns; the Program is kept
//
// Structs have no padding; numbers are little-endian.

#include <stdint.h>

namespace firmware {

constexpr uint32_t kAgentMagic = 0x4741434e;  ///< "NCAG"
constexpr uint16_t kAgentProtocol = 1;

enum class Message : uint8_t {
    Hello = 1,
    SetBaud = 2,
    Begin = 3,
    Write = 4,
    Prepare = 5,
    Reset = 6,
    Input = 7,
    Run = 8,
    Rows = 9,
    Bye = 10,
    Alive = 0x70,    ///< sent unasked while a run takes long; body: number of operators done
    Refused = 0x7f,  ///< body: Refused
};
constexpr uint8_t kAnswer = 0x80;  ///< set in everything that the agent sends

struct MessageHead {
    uint8_t kind = 0;
    uint8_t unused = 0;
    uint16_t sequence = 0;
    uint32_t session = 0;
};
static_assert(sizeof(MessageHead) == 8);

/// Bytes of a Program in one Write; the last one may be shorter. Whole pages of every flash.
constexpr uint32_t kChunk = 1024;
constexpr uint32_t kMaxBody = kChunk + 8;  ///< bytes after the head

/// Magic and protocol stay at the begin of Hello and AgentInfo in every version.
struct Hello {
    uint32_t magic = kAgentMagic;
    uint16_t protocol = kAgentProtocol;
    uint16_t unused = 0;
};

/// Why the board was reset, where an operator crashed it. exception 0: it was not.
struct Crash {
    uint32_t exception = 0, status = 0, address = 0;  ///< IPSR, CFSR, BFAR; address 0: unknown
    int32_t op = -1;  ///< operator's index in the model; -1: none was running
};

enum class Counter : uint8_t {
    None = 0,
    Dwt = 1,      ///< cycles of the core
    SysTick = 2,  ///< the same, 24 bits extended by an interrupt
};

struct AgentInfo {
    uint32_t magic = kAgentMagic;
    uint16_t protocol = kAgentProtocol;
    uint16_t bodyBytes = kMaxBody;  ///< longest body that it takes
    uint32_t programVersion = 0;    ///< runtime::kProgramVersion
    uint32_t kernelList = 0;        ///< kernelListChecksum() of its build
    uint32_t clockHz = 0;
    uint32_t startBaud = 0, maxBaud = 0;
    uint32_t ramBytes = 0, flashBytes = 0;  ///< for Program, arena and state; for a Program
    Crash crash;                            ///< since the last Reset
    uint8_t isa = 0;                        ///< types::Isa of its kernels
    Counter counter = Counter::None;
    uint8_t isEmulated = 0;  ///< the port found itself on an emulator
    uint8_t unused = 0;
    char board[24] = {}, core[16] = {};  ///< zero-terminated
    char version[16] = {}, compiler[24] = {}, flags[24] = {};
};
static_assert(sizeof(AgentInfo) == 160);

struct SetBaud {
    uint32_t baud = 0;
};

enum class Store : uint32_t { Ram = 0, Flash = 1 };

struct Begin {
    uint32_t bytes = 0;
    uint32_t checksum = 0;  ///< zlib's CRC-32 of the Program
    Store store = Store::Ram;
};

/// Bytes of the Program that the agent holds, from its begin.
struct Received {
    uint32_t bytes = 0;
};

/// Followed by the bytes.
struct WriteHead {
    uint32_t offset = 0;
};

struct Reset {
    uint32_t fill = 0;  ///< byte with which the arena is filled
};

/// Followed by the bytes.
struct InputHead {
    uint32_t input = 0, offset = 0;
};

struct Run {
    uint32_t invoke = 0;          ///< since Reset; that of the last run answers it again
    uint32_t inputsChecksum = 0;  ///< of CRC-32 c of each input in turn: sum * 31 + c
    uint32_t withChecksums = 0;   ///< 1: rows hold checksums of outputs; their reading warms caches
};

struct RunResult {
    uint32_t invoke = 0;
    int32_t status = 0;  ///< runtime::Status
    uint32_t rows = 0;
    uint32_t stackBytes = 0, staticBytes = 0;  ///< deepest use since Reset; data of the agent
    uint32_t arenaBytes = 0;  ///< up to the last byte that differs from Reset's fill
    uint64_t cycles = 0;      ///< sum of the operators
};

struct RowsFrom {
    uint32_t first = 0;
};

/// One output of an operator, or an operator without outputs (tensor -1).
struct Row {
    int32_t op = 0;  ///< index in the model
    int32_t tensor = -1;
    uint32_t checksum = 0;
    uint32_t unused = 0;
    uint64_t cycles = 0;  ///< of the operator; 0 in its further rows
};

enum class Denial : uint32_t {
    None = 0,            ///< done
    UnknownSession = 1,  ///< reset since Hello
    Malformed = 2,       ///< a body of another length, a number out of range
    OutOfOrder = 3,      ///< for example Run before Prepare; value: what was expected
    NoRoom = 4,          ///< value: bytes that are needed
    FlashFailed = 5,     ///< value: offset
    WrongChecksum = 6,   ///< value: the checksum found
    BadProgram = 7,      ///< its parts point outside of it
    MissingKernel = 8,   ///< value: the kernel's number
    StackOverflow = 9,   ///< the stack grew into the memory of the model
    BadRate = 10,
};

struct Refused {
    Denial why = Denial::None;
    uint32_t value = 0;

    bool isRefused() const { return why != Denial::None; }
};

static_assert(sizeof(RunResult) == 32 && sizeof(Row) == 24 && sizeof(Run) == 12);
static_assert(sizeof(Crash) == 16 && sizeof(Begin) == 12);

}  // namespace firmware
