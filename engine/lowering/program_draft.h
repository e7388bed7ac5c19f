// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Internal to lowering: a Program while it is built. Parts are appended to one byte vector, 16-byte
// aligned; the header and the tables are filled in at the end.

#include <map>
#include <memory>
#include <vector>

#include "runtime/program.h"
#include "types/bytes.h"
#include "types/result.h"

namespace lowering {

/// Largest arena and state that are run; limits hostile files.
constexpr int64_t kMaxMemoryBytes = int64_t{1} << 30;
constexpr size_t kMaxProgramBytes = size_t{1} << 31;

class ProgramDraft {
public:
    ProgramDraft() : m_bytes(sizeof(runtime::Program)) {}

    uint32_t append(const void* data, size_t size);
    template <typename Element>
    runtime::Part append(const std::vector<Element>& elements) {
        return {append(elements.data(), elements.size() * sizeof(Element)),
                static_cast<uint32_t>(elements.size())};
    }
    /// The first `size` bytes of a constant; tensors that share a buffer share them.
    uint32_t appendConstant(const types::Bytes& data, size_t size);

    /// A tensor in the state; `where` names it in the Error for more than 1 GiB.
    types::Result<runtime::TensorRecord> stateRecord(int64_t bytes, uint8_t reset,
                                                     const std::string& where);
    int32_t addTensor(const runtime::TensorRecord& record);
    /// The tensor of a resource variable.
    types::Result<int32_t> variable(int32_t index, int64_t bytes, uint8_t reset);

    size_t size() const { return m_bytes.size(); }
    std::shared_ptr<const std::vector<uint64_t>> finish();

    runtime::Program header;
    std::vector<runtime::TensorRecord> tensors;
    size_t preparedBytes = 0;

private:
    std::vector<uint8_t> m_bytes;
    std::map<std::pair<const uint8_t*, size_t>, uint32_t> m_constants;
    std::map<int32_t, int32_t> m_variables;  ///< variable to tensor
};

}  // namespace lowering
