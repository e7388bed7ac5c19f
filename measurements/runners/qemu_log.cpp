// SPDX-License-Identifier: GPL-3.0-or-later
#include "runners/qemu_log.h"

#include <sstream>

namespace runners {
namespace {

/// The number behind "key=" in a word; nothing for other words.
std::optional<uint32_t> valueOf(const std::string& word, const std::string& key, int base = 10) {
    if (!word.starts_with(key + "=")) return std::nullopt;
    const std::string digits = word.substr(key.size() + 1);
    if (digits.empty() || digits.find_first_not_of("0123456789abcdef") != std::string::npos)
        return std::nullopt;
    return static_cast<uint32_t>(std::stoull(digits.substr(0, 10), nullptr, base));
}

void readOp(std::istringstream& words, QemuLog& log) {
    int32_t op = 0;
    std::string kernel, word;
    if (!(words >> op >> kernel)) return;
    log.ops.push_back(op);
    while (words >> word) {
        const size_t equals = word.find('=');
        if (word[0] != 'T' || equals == std::string::npos || equals < 2) continue;
        const auto crc = valueOf(word, word.substr(0, equals), 16);
        if (crc) log.checksums[std::atoi(word.c_str() + 1)] = *crc;
    }
}

void readFault(std::istringstream& words, QemuLog& log) {
    QemuLog::Fault fault;
    for (std::string word; words >> word;) {
        if (const auto exception = valueOf(word, "exception")) fault.exception = *exception;
        if (const auto op = valueOf(word, "op")) fault.op = static_cast<int32_t>(*op);
    }
    log.fault = fault;
}

}  // namespace

QemuLog readQemuLog(const std::string& text) {
    QemuLog log;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
        std::istringstream words(line);
        std::string first;
        words >> first;
        if (first == "op") readOp(words, log);
        if (first == "fault") readFault(words, log);
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
