// SPDX-License-Identifier: GPL-3.0-or-later
#include "transform/compression/compress_weights.h"

#include <algorithm>
#include <map>
#include <set>

#include "analysis/validate.h"
#include "quantize/model_edits.h"
#include "transform/compression/cluster.h"
#include "transform/compression/decodable.h"
#include "transform/compression/encode.h"

namespace transform {

using types::Compression;
using types::Graph;
using types::GraphPtr;
using types::Op;
using types::OpKind;
using types::Result;
using types::Tensor;
using types::Variation;

namespace {

bool isEncoding(Compression method) {
    return method != Compression::AsStored && method != Compression::None;
}

/// A layer that its own knob keeps as stored is not clustered either.
bool isKept(const Variation& variation, int32_t layer) {
    const auto own = variation.layers.find(layer);
    return own != variation.layers.end() && own->second.compression &&
           !isEncoding(*own->second.compression);
}

struct Reader {
    size_t op, operand;
};

struct Weights {
    std::vector<Reader> readers;
    Compression method = Compression::AsStored;
    bool isClustered = false;
    bool isForReference = false;  ///< see DecodableOperand
};

const DecodableOperand* decodable(OpKind kind, size_t operand) {
    for (const DecodableOperand& each : decodableOperands(kind))
        if (each.operand == operand) return &each;
    return nullptr;
}

/// How a layer has this operand. What CMSIS-NN's kernels refuse is encoded where the layer's own
/// knob asks for it.
Compression methodFor(const Variation& variation, const Op& op, const DecodableOperand& operand) {
    const auto own = variation.layers.find(op.origin);
    const bool isAsked = own != variation.layers.end() && own->second.compression;
    const Compression method = compressionOf(variation, op.origin);
    return operand.isForReference && !isAsked && isEncoding(method) ? Compression::AsStored
                                                                    : method;
}

void addReader(const Graph& graph, const Variation& variation, Reader reader, Weights& weights) {
    const Op& op = graph.ops[reader.op];
    const DecodableOperand& operand = *decodable(op.kind, reader.operand);
    const Compression method = methodFor(variation, op, operand);
    const bool isFirst = weights.readers.empty();
    // All readers share the data; one that keeps them keeps them for all.
    weights.method = isEncoding(method) && (isFirst || isEncoding(weights.method))
                         ? method
                         : Compression::AsStored;
    const bool clusters =
        variation.compress.clusterBits && !operand.isBias && !isKept(variation, op.origin);
    weights.isClustered = clusters && (isFirst || weights.isClustered);
    weights.isForReference = weights.isForReference || operand.isForReference;
    weights.readers.push_back(reader);
}

std::map<uint32_t, int> bufferUsers(const Graph& graph) {
    std::map<uint32_t, int> users;
    const auto count = [&](const std::vector<Tensor>& tensors) {
        for (const Tensor& tensor : tensors)
            ++users[tensor.buffer];
    };
    count(graph.tensors);
    for (const types::Subgraph& other : graph.others)
        count(other.tensors);
    return users;
}

/// Tensors that may be changed, with the operators that read them as weights or biases.
std::map<int32_t, Weights> weightsOf(const Graph& graph, const Variation& variation) {
    std::map<int32_t, Weights> result;
    std::set<int32_t> fixed(graph.outputs.begin(), graph.outputs.end());
    for (size_t i = 0; i < graph.ops.size(); ++i) {
        const Op& op = graph.ops[i];
        for (size_t operand = 0; operand < op.inputs.size(); ++operand) {
            const int32_t tensor = op.inputs[operand];
            if (!decodable(op.kind, operand))
                fixed.insert(tensor);
            else if (tensor >= 0 && graph.isConstant(tensor))
                addReader(graph, variation, {i, operand}, result[tensor]);
        }
    }
    auto users = bufferUsers(graph);
    std::erase_if(result, [&](const auto& entry) {
        const Tensor& tensor = graph.tensor(entry.first);
        return fixed.contains(entry.first) || users[tensor.buffer] > 1 || tensor.isSparse ||
               tensor.isVariable || tensor.blockScales;
    });
    return result;
}

/// Decodes `tensor` before each of its readers.
class Compressing {
public:
    explicit Compressing(const Graph& graph) : m_edits(graph) {}

    Graph& graph() { return m_edits.graph(); }

    void cluster(int32_t index, std::vector<uint8_t> data) {
        m_edits.setConstant(index, graph().tensor(index), types::Bytes(std::move(data)));
    }

    void encode(int32_t index, const std::vector<Reader>& readers, Encoded encoded) {
        Tensor plain = graph().tensor(index);
        plain.buffer = 0;
        const int32_t codes = addBytes(plain.name + "/codes", std::move(encoded.codes));
        const int32_t ancillary = addBytes(plain.name + "/table", std::move(encoded.ancillary));
        graph().tensors[static_cast<size_t>(index)] = plain;
        for (size_t i = 0; i < readers.size(); ++i) {
            int32_t decoded = index;
            if (i > 0) {
                decoded = m_edits.addTensor(plain, plain.type, plain.name);
                graph().tensors[static_cast<size_t>(decoded)] = plain;
                graph().ops[readers[i].op].inputs[readers[i].operand] = decoded;
            }
            // One operator decodes all that its reader needs, each from a pair of inputs.
            Op& op = m_decodes[readers[i].op];
            op.kind = OpKind::TFLM_DECODE;
            op.customCode = opName(op.kind);
            op.inputs.insert(op.inputs.end(), {codes, ancillary});
            op.outputs.push_back(decoded);
            op.options = types::CustomOptions{};
        }
    }

    /// Bytes that are decoded at once, at most.
    size_t mostBytes() {
        int64_t most = 0;
        for (const auto& [reader, decode] : m_decodes) {
            int64_t bytes = 0;
            for (const int32_t output : decode.outputs)
                bytes += graph().tensor(output).bytes();
            most = std::max(most, bytes);
        }
        return static_cast<size_t>(most);
    }

    Graph finish() {
        std::vector<Op> ops;
        for (size_t i = 0; i < graph().ops.size(); ++i) {
            if (const auto decode = m_decodes.find(i); decode != m_decodes.end())
                ops.push_back(std::move(decode->second));
            ops.push_back(std::move(graph().ops[i]));
        }
        graph().ops = std::move(ops);
        return m_edits.finish();
    }

private:
    int32_t addBytes(std::string name, std::vector<uint8_t> data) {
        Tensor tensor;
        tensor.name = std::move(name);
        tensor.type = types::DataType::UInt8;
        tensor.shape = {static_cast<int32_t>(data.size())};
        const int32_t index = m_edits.addTensor(tensor, tensor.type, tensor.name);
        m_edits.setConstant(index, std::move(tensor), types::Bytes(std::move(data)));
        return index;
    }

    quantize::ModelEdits m_edits;
    std::map<size_t, Op> m_decodes;  ///< by the operator that they stand before
};

/// What two tensors and the operators cost in the file.
size_t fileOverhead(const Tensor& tensor, size_t readers) {
    constexpr size_t kTensors = 200, kOperator = 80, kDecodedTensor = 100;
    const size_t scales = tensor.quantization.scale.size() * (sizeof(float) + sizeof(int64_t));
    return kTensors + 2 * tensor.name.size() + kOperator * readers +
           (readers - 1) * (kDecodedTensor + tensor.name.size() + scales);
}

/// Counts what compression does, and tells it.
class Account {
public:
    void addClustered() { ++m_clustered; }
    void addEncoded(const Graph& graph, const Weights& weights, const Encoded& encoded,
                    size_t plain) {
        ++m_encoded;
        m_plainBytes += plain;
        m_bytes += encoded.bytes();
        m_forReference += weights.isForReference ? 1 : 0;
        const auto [op, operand] = weights.readers[0];
        const bool isBias = decodable(graph.ops[op].kind, operand)->isBias;
        m_lines.push_back(opLabel(graph, op) + ": " + std::to_string(plain) +
                          (isBias ? " bytes of biases in " : " bytes of weights in ") +
                          std::to_string(encoded.bytes()) + " (" + encoded.how + ")");
    }
    void addPlain(const Tensor& tensor) {
        // Biases seldom become smaller, and nobody asked for them alone.
        if (types::bitsOf(tensor.type) < 8)
            ++m_narrow;
        else if (tensor.type != types::DataType::Int32 && tensor.type != types::DataType::Int64)
            ++m_larger;
    }

    void tell(int32_t clusterBits, size_t mostBytes, std::vector<std::string>& changes) const {
        const auto tensors = [](size_t count) {
            return std::to_string(count) + (count == 1 ? " tensor" : " tensors");
        };
        if (m_clustered > 0)
            changes.push_back("weights of " + tensors(m_clustered) + " moved to " +
                              std::to_string(1 << clusterBits) +
                              " values per channel: the model computes something else");
        changes.insert(changes.end(), m_lines.begin(), m_lines.end());
        if (m_larger > 0)
            changes.push_back(tensors(m_larger) + " stay plain: encoded they are no smaller");
        if (m_narrow > 0)
            changes.push_back(tensors(m_narrow) +
                              " of fewer than 8 bits stay plain: TFLM's DECODE "
                              "has no such types");
        if (m_forReference > 0)
            changes.push_back(tensors(m_forReference) +
                              " are for TFLM's reference kernels only: those of CMSIS-NN read them "
                              "before they are decoded");
        if (m_encoded == 0) return;
        changes.push_back(tensors(m_encoded) + " of " + std::to_string(m_plainBytes) +
                          " bytes encoded in " + std::to_string(m_bytes) +
                          ": TFLM decodes them into its arena in every inference, at most " +
                          std::to_string(mostBytes) + " bytes at once");
        changes.push_back(
            "needs a TFLM with the operator DECODE, which it has since October 2025; our own "
            "runtime stores weights decoded");
    }

private:
    size_t m_clustered = 0, m_encoded = 0, m_larger = 0, m_narrow = 0, m_forReference = 0;
    size_t m_plainBytes = 0, m_bytes = 0;
    std::vector<std::string> m_lines;
};

}  // namespace

Compression compressionOf(const Variation& variation, int32_t layer) {
    const auto own = variation.layers.find(layer);
    return own == variation.layers.end()
               ? variation.compress.method
               : own->second.compression.value_or(variation.compress.method);
}

bool encodesWeights(const Variation& variation) {
    return isEncoding(variation.compress.method) ||
           std::ranges::any_of(variation.layers, [](const auto& layer) {
               return layer.second.compression && isEncoding(*layer.second.compression);
           });
}

Variation withoutCompression(Variation variation) {
    variation.compress = {};
    for (auto& [_, layer] : variation.layers)
        layer.compression.reset();
    return variation;
}

bool isDecodedFor(const Graph& graph, const Op& decode, const Variation& variation) {
    Variation others = withoutCompression(variation);
    others.rewrite = {};
    const types::RewriteKnobs& rewrites = variation.rewrite;
    if (!others.isIdentity() || rewrites.foldConstants || rewrites.denseMatMul ||
        rewrites.perTensorDense)
        return true;
    return std::ranges::any_of(graph.ops, [&](const Op& op) {
        const bool reads = std::ranges::find_first_of(op.inputs, decode.outputs) != op.inputs.end();
        const bool clusters = variation.compress.clusterBits && !isKept(variation, op.origin);
        return reads && (clusters || compressionOf(variation, op.origin) != Compression::AsStored);
    });
}

Result<GraphPtr> compressWeights(const GraphPtr& graph, const Variation& variation,
                                 const ApplyContext& context, std::vector<std::string>& changes) {
    const auto found = weightsOf(*graph, variation);
    Compressing compressing(*graph);
    Account account;
    bool isChanged = false;
    for (const auto& [index, weights] : found) {
        if (context.work.isStopped()) return types::cancelled();
        Tensor tensor = graph->tensor(index);
        const auto plain = static_cast<size_t>(tensor.bytes());
        const types::Bytes stored = graph->constantData(index);
        std::vector<uint8_t> data(stored.data(), stored.data() + plain);
        if (weights.isClustered)
            if (auto moved = clustered(tensor, data, *variation.compress.clusterBits);
                moved && *moved != data) {
                data = std::move(*moved);
                compressing.cluster(index, data);
                account.addClustered();
                isChanged = true;
            }
        if (!isEncoding(weights.method)) continue;
        // TFLM refuses one scale along another axis than the first.
        if (!tensor.quantization.perChannel()) tensor.quantization.axis = 0;
        auto encoded = encode(tensor, data, weights.method);
        if (!encoded || encoded->bytes() + fileOverhead(tensor, weights.readers.size()) >= plain) {
            account.addPlain(tensor);
            continue;
        }
        account.addEncoded(*graph, weights, *encoded, plain);
        compressing.graph().tensors[static_cast<size_t>(index)].quantization.axis =
            tensor.quantization.axis;
        compressing.encode(index, weights.readers, std::move(*encoded));
        isChanged = true;
    }
    account.tell(variation.compress.clusterBits.value_or(0), compressing.mostBytes(), changes);
    if (!isChanged) return graph;
    auto result = std::make_shared<const Graph>(compressing.finish());
    if (auto sound = analysis::validate(*result); !sound) return tl::unexpected(sound.error());
    return result;
}

}  // namespace transform
