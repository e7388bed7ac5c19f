// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Question: one operator put to one release of a runtime. Judges answer with a verdict and its
// source; they do not name rewrites (helpful_rewrite.h).

#include <optional>
#include <string>

#include "types/graph.h"
#include "types/support.h"

namespace compat {

struct Question {
    const types::Graph& graph;
    const types::Op& op;
    size_t index = 0;
    int32_t release = 0;

    const types::Tensor* input(size_t i) const {
        return op.input(i) < 0 ? nullptr : &graph.tensor(op.input(i));
    }
    const types::Tensor* output() const {
        return op.output(0) < 0 ? nullptr : &graph.tensor(op.output(0));
    }
    /// The tensor that decides the kernel: the data of TRANSPOSE_CONV, the values of FILL, the
    /// second input of SPLIT, SELECT and EMBEDDING_LOOKUP, the first input of most.
    const types::Tensor* data() const;
    /// Its type; that of the output where there is none.
    std::optional<types::DataType> type() const;
    bool hasInt4Weights() const;
    bool isPerChannel() const;  ///< the weights have more than one scale
    bool isHybrid() const;      ///< float activations, integer weights
};

types::LayerSupport runs(std::string source);
types::LayerSupport answer(types::Support verdict, std::string reason, std::string source);

types::LayerSupport judgeTflm(const Question& question);
types::LayerSupport judgeCmsisNn(const Question& question);
types::LayerSupport judgeEspNn(const Question& question);
types::LayerSupport judgeStEdgeAi(const Question& question);
types::LayerSupport judgeExecuTorch(const Question& question);
types::LayerSupport judgeAxon(const Question& question);
types::LayerSupport judgeOwn(const Question& question);

}  // namespace compat
