// SPDX-License-Identifier: GPL-3.0-or-later
#include "lowering/program_draft.h"

#include <cstring>

namespace lowering {

using runtime::TensorRecord;

uint32_t ProgramDraft::append(const void* data, size_t size) {
    const size_t at =
        (m_bytes.size() + runtime::kAlignment - 1) / runtime::kAlignment * runtime::kAlignment;
    m_bytes.resize(at + size);
    if (size > 0) std::memcpy(m_bytes.data() + at, data, size);
    return static_cast<uint32_t>(at);
}

uint32_t ProgramDraft::appendConstant(const types::Bytes& data, size_t size) {
    const auto [row, isNew] = m_constants.try_emplace({data.data(), size}, 0);
    if (isNew) row->second = append(data.data(), size);
    return row->second;
}

types::Result<TensorRecord> ProgramDraft::stateRecord(int64_t bytes, uint8_t reset,
                                                      const std::string& where) {
    const int64_t end = int64_t{header.stateBytes} + bytes + runtime::kAlignment - 1;
    if (end > kMaxMemoryBytes) return types::fail("needs more than 1 GiB of state", where);
    TensorRecord record;
    record.place = runtime::Place::State;
    record.offset = header.stateBytes;
    record.bytes = static_cast<uint32_t>(bytes);
    record.reset = reset;
    header.stateBytes = static_cast<uint32_t>(end) / runtime::kAlignment * runtime::kAlignment;
    return record;
}

int32_t ProgramDraft::addTensor(const TensorRecord& record) {
    tensors.push_back(record);
    return static_cast<int32_t>(tensors.size() - 1);
}

types::Result<int32_t> ProgramDraft::variable(int32_t index, int64_t bytes, uint8_t reset) {
    const auto found = m_variables.find(index);
    if (found != m_variables.end()) return found->second;
    const auto record = stateRecord(bytes, reset, "resource variables");
    if (!record) return tl::unexpected(record.error());
    return m_variables[index] = addTensor(*record);
}

std::shared_ptr<const std::vector<uint64_t>> ProgramDraft::finish() {
    header.bytes = static_cast<uint32_t>(m_bytes.size());
    std::memcpy(m_bytes.data(), &header, sizeof header);
    auto words = std::make_shared<std::vector<uint64_t>>((m_bytes.size() + 7) / 8);
    std::memcpy(words->data(), m_bytes.data(), m_bytes.size());
    return words;
}

}  // namespace lowering
