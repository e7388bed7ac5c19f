// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_log.h"

#include <charconv>
#include <sstream>

namespace runners {
namespace {

/// Returns nothing where the text is not a number that fits.
template <typename Number>
std::optional<Number> numberOf(std::string_view text, int base = 10) {
    Number value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value, base);
    const bool isWhole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return isWhole ? std::optional(value) : std::nullopt;
}

/// Returns the number after "key=" in a word; nothing for other words.
std::optional<uint32_t> valueOf(const std::string& word, const std::string& key, int base = 10) {
    if (!word.starts_with(key + "=")) return std::nullopt;
    return numberOf<uint32_t>(std::string_view(word).substr(key.size() + 1), base);
}

void readOp(std::istringstream& words, QemuLog& log) {
    int32_t op = 0;
    std::string kernel, word;
    if (!(words >> op >> kernel)) return;
    log.ops.push_back(op);
    while (words >> word) {
        const size_t equals = word.find('=');
        if (word[0] != 'T' || equals == std::string::npos) continue;
        const auto tensor = numberOf<int32_t>(std::string_view(word).substr(1, equals - 1));
        const auto crc = numberOf<uint32_t>(std::string_view(word).substr(equals + 1), 16);
        if (tensor && crc) log.checksums[*tensor] = *crc;
    }
}

void readFault(std::istringstream& words, QemuLog& log) {
    QemuLog::Fault fault;
    for (std::string word; words >> word;) {
        if (const auto exception = valueOf(word, "exception")) fault.exception = *exception;
        if (const auto cause = valueOf(word, "cause")) fault.cause = *cause;
        if (const auto status = valueOf(word, "status", 16)) fault.status = *status;
        if (const auto address = valueOf(word, "address", 16)) fault.address = *address;
        if (const auto op = valueOf(word, "op")) fault.op = static_cast<int32_t>(*op);
    }
    log.fault = fault;
}

/// The rest of the line, without the blank before it.
std::string restOf(std::istringstream& words) {
    std::string rest;
    std::getline(words >> std::ws, rest);
    return rest;
}

void readMemory(std::istringstream& words, QemuLog& log) {
    std::string first, second;
    words >> first >> second;
    const auto statics = valueOf(first, "static"), stack = valueOf(second, "stack");
    if (statics && stack) log.memory = {*statics, *stack};
}

}  // namespace

QemuLog readQemuLog(const std::string& text) {
    QemuLog log;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first;
        words >> first;
        if (first == "version") log.version = restOf(words);
        if (first == "compiler") log.compiler = restOf(words);
        if (first == "flags") log.flags = restOf(words);
        if (first == "op") readOp(words, log);
        if (first == "fault") readFault(words, log);
        if (first == "memory") readMemory(words, log);
        if (first == "end" && words >> first) log.status = valueOf(first, "status");
    }
    return log;
}

std::vector<InstructionCounts> readCounts(const std::string& text) {
    std::vector<InstructionCounts> rows;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        InstructionCounts row;
        if (!(words >> row.total >> row.loads >> row.stores >> row.multiplyAccumulates >>
              row.branchesTaken >> row.branchesNotTaken >> row.other))
            break;
        rows.push_back(row);
    }
    return rows;
}

}  // namespace runners
