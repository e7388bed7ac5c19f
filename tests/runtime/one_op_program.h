// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// A Program of one op for kernel tests: operands are vectors, all of them in the arena.

#include <cstring>
#include <vector>

#include "runtime/fixed_point.h"
#include "runtime/run.h"

class OneOpProgram {
public:
    template <typename Params>
    OneOpProgram(runtime::KernelId kernel, const Params& params,
                 const std::vector<runtime::Factor>& factors = {})
        : m_kernel(kernel), m_params(sizeof(Params) + factors.size() * sizeof(runtime::Factor)) {
        std::memcpy(m_params.data(), &params, sizeof params);
        if (!factors.empty())
            std::memcpy(m_params.data() + sizeof params, factors.data(),
                        m_params.size() - sizeof params);
    }

    /// Where the constructor put the factors; for the `factors` of the parameter struct.
    template <typename Params>
    static runtime::Part factorsPart(uint32_t count) {
        return {sizeof(Params), count};
    }

    template <typename T>
    OneOpProgram& input(const std::vector<T>& values) {
        m_op.inputs++;
        return add(values);
    }
    OneOpProgram& noInput() {
        m_op.inputs++;
        m_operands.push_back(-1);
        return *this;
    }
    OneOpProgram& scratch(size_t bytes) {
        m_op.scratches++;
        return add(std::vector<uint8_t>(bytes));
    }

    /// Runs once and gives the output back. Call after the inputs, before any scratch is added.
    template <typename T>
    std::vector<T> run(size_t elements, size_t scratchBytes = 0) {
        m_op.outputs = 1;
        const size_t output = m_tensors.size();
        add(std::vector<T>(elements));
        if (scratchBytes > 0) scratch(scratchBytes);
        execute();
        std::vector<T> result(elements);
        std::memcpy(result.data(), m_arena.data() + m_tensors[output].offset, elements * sizeof(T));
        return result;
    }

    /// Bytes of operand i after the run.
    template <typename T>
    const T* operand(size_t i) const {
        return reinterpret_cast<const T*>(m_arena.data() + m_tensors[i].offset);
    }

private:
    template <typename T>
    OneOpProgram& add(const std::vector<T>& values) {
        runtime::TensorRecord record;
        record.place = runtime::Place::Arena;
        record.offset = static_cast<uint32_t>(m_arena.size());
        record.bytes = static_cast<uint32_t>(values.size() * sizeof(T));
        m_operands.push_back(static_cast<int32_t>(m_tensors.size()));
        m_tensors.push_back(record);
        m_arena.resize((m_arena.size() + record.bytes + 15) / 16 * 16);
        if (record.bytes > 0)
            std::memcpy(m_arena.data() + record.offset, values.data(), record.bytes);
        return *this;
    }

    void execute() {
        std::vector<uint8_t> blob(sizeof(runtime::Program));
        const auto append = [&blob](const void* data, size_t bytes) {
            const size_t at = (blob.size() + 15) / 16 * 16;
            blob.resize(at + bytes);
            std::memcpy(blob.data() + at, data, bytes);
            return static_cast<uint32_t>(at);
        };
        m_op.kernel = static_cast<uint16_t>(m_kernel);
        m_op.operands = append(m_operands.data(), m_operands.size() * 4);
        m_op.params = m_op.arrays = append(m_params.data(), m_params.size());
        runtime::Program header;
        header.tensors = {append(m_tensors.data(), m_tensors.size() * sizeof m_tensors[0]),
                          static_cast<uint32_t>(m_tensors.size())};
        header.ops = {append(&m_op, sizeof m_op), 1};
        std::memcpy(blob.data(), &header, sizeof header);
        status = runtime::run(*reinterpret_cast<const runtime::Program*>(blob.data()),
                              runtime::referenceKernels(), {m_arena.data(), nullptr});
    }

public:
    runtime::Status status = runtime::Status::Ok;

private:
    runtime::KernelId m_kernel;
    runtime::OpRecord m_op;
    std::vector<uint8_t> m_params, m_arena;
    std::vector<int32_t> m_operands;
    std::vector<runtime::TensorRecord> m_tensors;
};
