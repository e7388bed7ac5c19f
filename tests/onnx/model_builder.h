// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Builds small ONNX models through the classes of our subset of onnx.proto, opens and runs them.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <string>
#include <vector>

#include "lowering/execution.h"
#include "onnx/read_onnx.h"
#include "onnx_subset.pb.h"

namespace onnx_test {

enum Type { kFloat = 1, kUInt8 = 2, kInt8 = 3, kInt32 = 6, kInt64 = 7 };

/// Sets attributes of a node in a chain.
class NodeHandle {
public:
    explicit NodeHandle(onnx::schema::NodeProto& node) : m_node(node) {}
    NodeHandle& i(const std::string& name, int64_t value) {
        attribute(name).set_i(value);
        return *this;
    }
    NodeHandle& f(const std::string& name, float value) {
        attribute(name).set_f(value);
        return *this;
    }
    NodeHandle& s(const std::string& name, const std::string& value) {
        attribute(name).set_s(value);
        return *this;
    }
    NodeHandle& ints(const std::string& name, const std::vector<int64_t>& values) {
        auto& made = attribute(name);
        for (int64_t value : values)
            made.add_ints(value);
        return *this;
    }
    NodeHandle& domain(const std::string& name) {
        m_node.set_domain(name);
        return *this;
    }
    NodeHandle& graph(const std::string& name) {
        attribute(name).set_g("");
        return *this;
    }

private:
    onnx::schema::AttributeProto& attribute(const std::string& name) {
        auto& made = *m_node.add_attribute();
        made.set_name(name);
        return made;
    }
    onnx::schema::NodeProto& m_node;
};

class ModelBuilder {
public:
    explicit ModelBuilder(int64_t opset = 13) {
        m_model.set_ir_version(8);
        m_model.set_producer_name("test");
        m_model.mutable_graph()->set_name("graph");
        m_model.add_opset_import()->set_version(opset);
    }
    /// A dimension of 0 is open.
    ModelBuilder& input(const std::string& name, const std::vector<int64_t>& dims,
                        int type = kFloat) {
        auto& made = *m_model.mutable_graph()->add_input();
        made.set_name(name);
        auto& tensor = *made.mutable_type()->mutable_tensor_type();
        tensor.set_elem_type(type);
        tensor.mutable_shape();
        for (int64_t dim : dims) {
            auto& stored = *tensor.mutable_shape()->add_dim();
            if (dim > 0)
                stored.set_dim_value(dim);
            else
                stored.set_dim_param("open");
        }
        return *this;
    }
    ModelBuilder& output(const std::string& name) {
        m_model.mutable_graph()->add_output()->set_name(name);
        return *this;
    }
    ModelBuilder& floats(const std::string& name, const std::vector<int64_t>& dims,
                         const std::vector<float>& values) {
        auto& tensor = constant(name, dims, kFloat);
        for (float value : values)
            tensor.add_float_data(value);
        return *this;
    }
    ModelBuilder& ints(const std::string& name, const std::vector<int64_t>& values) {
        auto& tensor = constant(name, {static_cast<int64_t>(values.size())}, kInt64);
        for (int64_t value : values)
            tensor.add_int64_data(value);
        return *this;
    }
    ModelBuilder& codes(const std::string& name, const std::vector<int64_t>& dims, int type,
                        const std::vector<int32_t>& values) {
        auto& tensor = constant(name, dims, type);
        for (int32_t value : values)
            tensor.add_int32_data(value);
        return *this;
    }
    NodeHandle node(const std::string& op, const std::vector<std::string>& inputs,
                    const std::vector<std::string>& outputs) {
        auto& made = *m_model.mutable_graph()->add_node();
        made.set_op_type(op);
        made.set_name(outputs.empty() ? op : "make_" + outputs[0]);
        for (const auto& name : inputs)
            made.add_input(name);
        for (const auto& name : outputs)
            made.add_output(name);
        return NodeHandle(made);
    }
    /// y = codes of x, z = real values of these codes.
    void quantize(const std::string& x, const std::string& z, float scale, int32_t zero,
                  int type = kUInt8) {
        floats(z + "_scale", {}, {scale});
        codes(z + "_zero", {}, type, {zero});
        node("QuantizeLinear", {x, z + "_scale", z + "_zero"}, {z + "_codes"});
        node("DequantizeLinear", {z + "_codes", z + "_scale", z + "_zero"}, {z});
    }
    onnx::schema::ModelProto& model() { return m_model; }
    std::string bytes() const { return m_model.SerializeAsString(); }
    types::Result<types::GraphPtr> open() const {
        const std::string all = bytes();
        return onnx::readOnnxBytes({reinterpret_cast<const uint8_t*>(all.data()), all.size()},
                                   "built");
    }

private:
    onnx::schema::TensorProto& constant(const std::string& name, const std::vector<int64_t>& dims,
                                        int type) {
        auto& tensor = *m_model.mutable_graph()->add_initializer();
        tensor.set_name(name);
        tensor.set_data_type(type);
        for (int64_t dim : dims)
            tensor.add_dims(dim);
        return tensor;
    }
    onnx::schema::ModelProto m_model;
};

/// The first output of one run; inputs as bytes of the graph's inputs, in their own layout.
template <typename Out, typename In>
std::vector<Out> run(const types::Graph& graph, const std::vector<std::vector<In>>& inputs) {
    auto execution = lowering::Execution::create(graph);
    if (!execution) {
        ADD_FAILURE() << execution.error().message();
        return {};
    }
    for (size_t i = 0; i < inputs.size(); ++i) {
        EXPECT_EQ(execution->input(i).size(), inputs[i].size() * sizeof(In));
        std::memcpy(execution->input(i).data(), inputs[i].data(),
                    std::min(execution->input(i).size(), inputs[i].size() * sizeof(In)));
    }
    EXPECT_TRUE(execution->invoke());
    const auto bytes = execution->output(0);
    std::vector<Out> result(bytes.size() / sizeof(Out));
    std::memcpy(result.data(), bytes.data(), result.size() * sizeof(Out));
    return result;
}

/// Numbers between -1 and 1, always the same.
inline std::vector<float> noise(size_t count, uint32_t seed = 1) {
    std::vector<float> values;
    for (size_t i = 0; i < count; ++i) {
        seed = seed * 1664525u + 1013904223u;
        values.push_back(static_cast<float>(static_cast<int32_t>(seed >> 8) - (1 << 23)) /
                         static_cast<float>(1 << 23));
    }
    return values;
}

/// Channels first to channels last, of one image.
template <typename T>
std::vector<T> channelsLast(const std::vector<T>& values, size_t channels) {
    const size_t pixels = values.size() / channels;
    std::vector<T> result(values.size());
    for (size_t c = 0; c < channels; ++c)
        for (size_t p = 0; p < pixels; ++p)
            result[p * channels + c] = values[c * pixels + p];
    return result;
}

inline std::vector<types::OpKind> kindsOf(const types::Graph& graph) {
    std::vector<types::OpKind> kinds;
    for (const types::Op& op : graph.ops)
        kinds.push_back(op.kind);
    return kinds;
}

inline void expectNear(const std::vector<float>& a, const std::vector<float>& b,
                       float tolerance = 1e-4f) {
    ASSERT_EQ(a.size(), b.size());
    for (size_t i = 0; i < a.size(); ++i)
        ASSERT_NEAR(a[i], b[i], tolerance) << "element " << i;
}

}  // namespace onnx_test
