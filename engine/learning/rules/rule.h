// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// Rule: one operator of a Network, prepared for batches: computes its outputs, and from their
// gradients those of its operands.
//
// A batch runs in chunks of samples, each on one worker. Gradients of parameters are sums per group
// of chunks, which one worker computes in order; the Network adds the groups in order.

#include <memory>
#include <span>
#include <vector>

#include "learning/floats.h"
#include "types/graph.h"

namespace learning {

struct Chunk {
    size_t first = 0, count = 0;  ///< samples
    size_t group = 0, worker = 0;
    float* scratch = nullptr;  ///< Rule::scratchFloats() of the worker
};

/// One tensor of the graph in memory; set before the first step.
struct Slot {
    types::Shape shape;  ///< of one sample
    size_t size = 0;     ///< floats of one sample
    bool constant = false;
    float* value = nullptr;
    float* gradient = nullptr;  ///< null: not computed
    size_t gradientPerSample = 0, gradientPerWorker = 0, gradientPerGroup = 0;
    bool keepsGradient = false;  ///< the writer's rule leaves it unchanged

    float* values(const Chunk& chunk) const {
        return constant ? value : value + chunk.first * size;
    }
    float* gradients(const Chunk& chunk) const {
        return gradient + chunk.first * gradientPerSample + chunk.worker * gradientPerWorker +
               chunk.group * gradientPerGroup;
    }
};

struct RuleContext {
    const types::Graph& graph;
    size_t op;
    const std::vector<Slot>& slots;  ///< by tensor; pointers are set later
    size_t batch, chunk;             ///< samples of a batch and of the largest chunk

    const types::Op& operation() const { return graph.ops[op]; }
};

class Rule {
public:
    explicit Rule(const RuleContext& context);
    virtual ~Rule() = default;

    /// Called before forward(), when parameters may have changed.
    virtual void beginStep() {}
    virtual void forward(const Chunk& chunk) = 0;
    /// Adds to the gradients of operands that have one, in their order; setAdds() tells which may
    /// be overwritten instead.
    virtual void backward(const Chunk& chunk) = 0;
    virtual size_t scratchFloats() const { return 0; }
    /// True for a constant operand whose gradient the rule computes.
    virtual bool trains(size_t /*operand*/) const { return false; }
    /// True where the rule can overwrite an operand's gradient; else it finds it filled with zeros.
    virtual bool overwrites(size_t /*operand*/) const { return false; }
    void setAdds(size_t operand, bool adds) { m_adds[operand] = adds; }

protected:
    size_t inputs() const { return m_in.size(); }
    bool has(size_t operand) const { return operand < m_in.size() && m_in[operand] != nullptr; }
    const Slot& in(size_t operand) const { return *m_in[operand]; }
    const Slot& out(size_t i = 0) const { return *m_out[i]; }
    size_t outputs() const { return m_out.size(); }
    bool adds(size_t operand) const { return m_adds[operand]; }
    bool wantsGradient(size_t operand) const {
        return has(operand) && in(operand).gradient != nullptr;
    }
    size_t chunkSamples() const { return m_chunk; }

private:
    std::vector<const Slot*> m_in, m_out;  ///< null: absent
    std::vector<bool> m_adds;
    size_t m_chunk;
};

using RulePtr = std::unique_ptr<Rule>;

/// Returns null for an operator without a derivative rule, or whose options or operands have none.
RulePtr makeRule(const RuleContext& context);

// The rules by family; each returns null for operators that it does not serve.
RulePtr makeConvolution(const RuleContext& context);
RulePtr makeDepthwise(const RuleContext& context);
RulePtr makeTransposedConvolution(const RuleContext& context);
RulePtr makePool(const RuleContext& context);
RulePtr makeBinary(const RuleContext& context);
RulePtr makeUnary(const RuleContext& context);
RulePtr makeMovement(const RuleContext& context);
RulePtr makeReduction(const RuleContext& context);
RulePtr makeNormalization(const RuleContext& context);
RulePtr makeMatrixProduct(const RuleContext& context);
RulePtr makeResize(const RuleContext& context);
RulePtr makeSvdf(const RuleContext& context);
RulePtr makeLstm(const RuleContext& context);

}  // namespace learning
