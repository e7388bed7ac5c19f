// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// SingleOp: a graph of one operator in the making, with drawn scales, zero points and data.

#include <rapidcheck.h>

#include <cmath>
#include <cstring>
#include <utility>
#include <vector>

#include "types/graph.h"

namespace test {

/// Any number of the range, all with equal probability.
inline int32_t number(int32_t lowest, int32_t highest) {
    return *rc::gen::resize(rc::kNominalSize, rc::gen::inRange(lowest, highest + 1));
}
inline bool rarely() {
    return number(0, 7) == 0;
}

class SingleOp {
public:
    SingleOp(types::OpKind kind, types::DataType type) : m_type(type) {
        m_graph.name = "random";
        m_graph.buffers.emplace_back();
        m_graph.ops.emplace_back();
        op().kind = kind;
    }

    types::Op& op() { return m_graph.ops[0]; }

    void input(const types::Shape& shape) {
        m_graph.inputs.push_back(activation(shape));
        op().inputs.push_back(m_graph.inputs.back());
    }

    void integers(const std::vector<int32_t>& values, const types::Shape& shape = {}) {
        std::vector<uint8_t> bytes(values.size() * 4);
        std::memcpy(bytes.data(), values.data(), bytes.size());
        const types::Shape flat = {static_cast<int32_t>(values.size())};
        types::Tensor tensor = named(shape.empty() ? flat : shape, types::DataType::Int32);
        tensor.buffer = static_cast<uint32_t>(m_graph.buffers.size());
        m_graph.buffers.emplace_back(std::move(bytes));
        m_graph.tensors.push_back(tensor);
        op().inputs.push_back(static_cast<int32_t>(m_graph.tensors.size()) - 1);
    }

    /// Weights, and now and then no bias.
    void weights(const types::Shape& shape, int32_t channelAxis,
                 types::DataType type = types::DataType::Int8) {
        const int32_t channels = shape[static_cast<size_t>(channelAxis)];
        matrix(shape, channelAxis, number(0, 1) == 0 ? 1 : channels, type);
        if (rarely())
            absent(1);
        else
            bias(channels);
    }
    void matrix(const types::Shape& shape, int32_t channelAxis, int32_t scales,
                types::DataType type = types::DataType::Int8) {
        const bool isFloat = m_type == types::DataType::Float32;
        types::Tensor tensor = named(shape, isFloat ? types::DataType::Float32 : type);
        if (!isFloat) {
            tensor.quantization.axis = channelAxis;
            for (int32_t i = 0; i < scales; ++i)
                tensor.quantization.scale.push_back(scale());
            tensor.quantization.zeroPoint.assign(static_cast<size_t>(scales), 0);
        }
        op().inputs.push_back(constant(tensor, 1.0));
    }
    void bias(int32_t channels) {
        const auto type = m_type == types::DataType::Int8    ? types::DataType::Int32
                          : m_type == types::DataType::Int16 ? types::DataType::Int64
                                                             : types::DataType::Float32;
        const double reach = type == types::DataType::Float32 ? 1.0
                             : !rarely()                      ? 5000.0
                             : type == types::DataType::Int64 ? 1e12
                                                              : 2147483647.0;
        op().inputs.push_back(constant(named({channels}, type), reach));
    }
    void absent(int32_t operands) {
        for (int32_t i = 0; i < operands; ++i)
            op().inputs.push_back(-1);
    }
    /// A variable tensor.
    void state(const types::Shape& shape, types::DataType type, types::Quantization quantization) {
        types::Tensor tensor = named(shape, type);
        tensor.quantization = std::move(quantization);
        tensor.isVariable = true;
        m_graph.tensors.push_back(tensor);
        op().inputs.push_back(static_cast<int32_t>(m_graph.tensors.size()) - 1);
    }
    static types::Quantization quantization(types::DataType type) {
        types::Quantization drawn;
        drawn.scale = {scale()};
        const int32_t zeroPoint = rarely() ? number(0, 1) * 255 - 128 : number(-128, 127);
        drawn.zeroPoint = {type == types::DataType::Int8 ? zeroPoint : 0};
        return drawn;
    }

    types::Graph finish(const types::Shape& output) {
        m_graph.outputs = {activation(output)};
        op().outputs = m_graph.outputs;
        return m_graph;
    }

    void continueAs(types::DataType type) { m_type = type; }
    void quantizeOutputAs(types::Quantization quantization) { m_fixed = std::move(quantization); }
    void quantizeOutputAsInput() { m_sameQuantization = true; }

private:
    static float scale() {
        const double exponent = rarely() ? number(-200, 30) : number(-60, -20);
        return static_cast<float>(std::exp2(exponent / 10.0));
    }

    types::Tensor named(const types::Shape& shape, types::DataType type) const {
        types::Tensor tensor;
        tensor.name = "t" + std::to_string(m_graph.tensors.size());
        tensor.type = type;
        tensor.shape = shape;
        tensor.hasRank = true;
        return tensor;
    }

    int32_t activation(const types::Shape& shape) {
        types::Tensor tensor = named(shape, m_type);
        if (m_type != types::DataType::Float32) {
            tensor.quantization = quantization(m_type);
            if (m_sameQuantization && !m_graph.tensors.empty())
                tensor.quantization = m_graph.tensors[0].quantization;
            if (m_fixed.present()) tensor.quantization = m_fixed;
        }
        m_graph.tensors.push_back(tensor);
        return static_cast<int32_t>(m_graph.tensors.size()) - 1;
    }

    int32_t constant(types::Tensor tensor, double reach) {
        std::vector<uint8_t> bytes(static_cast<size_t>(tensor.bytes()));
        uint64_t state = static_cast<uint64_t>(number(0, 1 << 30));
        const auto unit = [&state] {
            state = state * 6364136223846793005u + 1442695040888963407u;
            return static_cast<double>(static_cast<int32_t>(state >> 32)) / 2147483648.0;
        };
        const bool extreme = rarely();
        for (size_t i = 0; i < static_cast<size_t>(tensor.elements()); ++i) {
            if (tensor.type == types::DataType::Int4) {
                const auto value = static_cast<uint8_t>(std::lround(unit() * 7)) & 15u;
                bytes[i / 2] |= static_cast<uint8_t>(value << (i % 2 * 4));
            } else if (tensor.type == types::DataType::Int8) {
                const double drawn = unit();
                const auto value = extreme ? (drawn < 0 ? INT8_MIN : INT8_MAX)
                                           : static_cast<int>(std::lround(drawn * 127));
                bytes[i] = static_cast<uint8_t>(static_cast<int8_t>(value));
            } else if (tensor.type == types::DataType::Int16) {
                const auto value = static_cast<int16_t>(unit() * 32767);
                std::memcpy(bytes.data() + 2 * i, &value, 2);
            } else if (tensor.type == types::DataType::Int32) {
                const auto value = static_cast<int32_t>(unit() * reach);
                std::memcpy(bytes.data() + 4 * i, &value, 4);
            } else if (tensor.type == types::DataType::Int64) {
                const auto value = static_cast<int64_t>(unit() * reach);
                std::memcpy(bytes.data() + 8 * i, &value, 8);
            } else {
                const auto value = static_cast<float>(unit());
                std::memcpy(bytes.data() + 4 * i, &value, 4);
            }
        }
        tensor.buffer = static_cast<uint32_t>(m_graph.buffers.size());
        m_graph.buffers.emplace_back(std::move(bytes));
        m_graph.tensors.push_back(tensor);
        return static_cast<int32_t>(m_graph.tensors.size()) - 1;
    }

    types::DataType m_type;
    types::Graph m_graph;
    bool m_sameQuantization = false;
    types::Quantization m_fixed;
};

}  // namespace test
