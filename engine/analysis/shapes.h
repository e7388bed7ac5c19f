// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Shape inference: the shapes of an operator's outputs, from its inputs and options. The rules are
// TFLite's (SAME padding: ceil(in / stride); VALID: ceil((in - reach + 1) / stride), reach =
// (filter - 1) * dilation + 1).

#include "types/graph.h"
#include "types/result.h"

namespace analysis {

/// Returns the shapes of all outputs of `op`, in order. For operators without a rule, and outputs
/// that depend on run-time data, returns the shapes declared in the file.
types::Result<std::vector<types::Shape>> inferOutputShapes(const types::Graph& graph,
                                                           const types::Op& op);

/// False for operators whose outputs are taken as declared.
bool hasShapeRule(types::OpKind kind);

/// True where the shapes of an operator's tensors may be placeholders: one has an open dimension
/// other than the batch, or no rank. They need not agree, as a runtime that resizes models replaces
/// them; such an operator runs only where shapesAgree().
bool mayHavePlaceholders(const types::Graph& graph, const types::Op& op);
/// True where the declared output shapes are the inferred ones.
bool shapesAgree(const types::Graph& graph, const types::Op& op);
/// False for operators whose shapes must agree even where they may be placeholders: those with
/// windows and recurrent ones, and where counting could not index the shapes of the weights.
bool mayDisagree(const types::Graph& graph, const types::Op& op);

/// Replaces placeholders by the shapes that follow from the inputs as declared, and from shapes
/// that operators compute from constants. Others stay.
void resolvePlaceholders(types::Graph& graph);

/// True where the exporter left a dimension other than the batch open (-1 in the signature). The
/// shape of such a tensor is undefined until a runtime resizes the model, which ours never does.
bool hasOpenShape(const types::Tensor& tensor);

/// Length of one spatial output dimension, and the padding before it (TFLite: floor(total / 2)).
struct WindowExtent {
    int32_t output = 0;
    int32_t paddingBefore = 0;
};
WindowExtent windowExtent(types::Padding padding, int32_t input, int32_t filter, int32_t stride,
                          int32_t dilation);

}  // namespace analysis
