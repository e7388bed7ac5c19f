// SPDX-License-Identifier: GPL-3.0-or-later
#include "learning/network.h"

#include <algorithm>
#include <cstring>
#include <map>

#include "learning/channel_mask.h"
#include "learning/crew.h"
#include "learning/frozen_part.h"
#include "learning/gradient_memory.h"
#include "learning/kernels/element_loops.h"
#include "learning/simulated_rounding.h"

namespace learning {

using types::Graph;
using types::Result;

struct Network::State {
    State(const Graph& graph, std::unique_ptr<NetworkPlan> planned, size_t size, size_t workers)
        : plan(std::move(planned)), batch(size), inputs(graph.inputs), crew(workers) {}

    std::unique_ptr<NetworkPlan> plan;
    size_t batch;
    std::vector<int32_t> inputs;
    std::set<int32_t> watched;
    std::optional<FrozenPart> frozenPart;
    std::vector<Floats> memory;           ///< values, and gradients with memory of their own
    std::vector<Floats> arenas, scratch;  ///< per worker
    Floats values, gradients;             ///< of parameters; gradients per group
    size_t parameterFloats = 0;
    std::map<int32_t, ChannelMask> masks;
    std::optional<SimulatedRounding> rounding;
    std::vector<std::vector<int32_t>> outputsOf;  ///< per operator of the plan
    size_t samples = 0;                           ///< of the last forward()
    Crew crew;

    Slot& slot(int32_t tensor) { return plan->slots[static_cast<size_t>(tensor)]; }

    void allocate(const Graph& graph, const NetworkOptions& options);
    void placeParameters(const Graph& graph);
    void placeGradientsOf(const Graph& graph, const NetworkOptions& options);
    void beginStep();
    Result<void> forward();
    void backward();

    /// Calls visit(chunk) for the chunks of the last forward(), groups in parallel.
    template <typename Visit>
    void forEachChunk(Visit visit) {
        const size_t chunks = (batch + plan->chunk - 1) / plan->chunk;
        crew.run(plan->groups, [&](size_t group, size_t worker) {
            for (size_t c = 0; c < chunks; ++c) {
                const size_t first = c * plan->chunk;
                if (c * plan->groups / chunks != group || first >= samples) continue;
                visit(Chunk{first, std::min(plan->chunk, samples - first), group, worker,
                            scratch[worker].data()});
            }
        });
    }
    void forwardChunk(const Chunk& chunk);
    void backwardChunk(const Chunk& chunk);
};

// ---- Memory ----------------------------------------------------------------------------------

void Network::State::allocate(const Graph& graph, const NetworkOptions& options) {
    std::set<int32_t> activations(graph.inputs.begin(), graph.inputs.end());
    for (const RuleOp& op : plan->ops) {
        outputsOf.push_back(graph.ops[op.op].outputs);
        activations.insert(graph.ops[op.op].outputs.begin(), graph.ops[op.op].outputs.end());
    }
    if (frozenPart) activations.insert(frozenPart->outputs().begin(), frozenPart->outputs().end());
    for (int32_t tensor : activations) {
        memory.emplace_back(batch * slot(tensor).size);
        slot(tensor).value = memory.back().data();
    }
    placeParameters(graph);
    placeGradientsOf(graph, options);
    size_t most = 0;
    for (const RuleOp& op : plan->ops)
        most = std::max(most, op.rule->scratchFloats());
    for (size_t worker = 0; worker < crew.workers(); ++worker)
        scratch.emplace_back(most);
}

/// Constants that are not trained are copied too: they may lie unaligned in the file.
void Network::State::placeParameters(const Graph& graph) {
    std::map<int32_t, size_t> places;
    const auto place = [&](int32_t tensor) {
        if (tensor < 0 || !slot(tensor).constant || places.contains(tensor) ||
            graph.tensor(tensor).type != types::DataType::Float32)
            return;
        places[tensor] = parameterFloats;
        constexpr size_t kLine = 16;
        parameterFloats += (slot(tensor).size + kLine - 1) / kLine * kLine;
    };
    std::ranges::for_each(plan->trained, place);
    const size_t trainedFloats = parameterFloats;
    for (const Parameter& parameter : plan->parameters)
        place(parameter.tensor);
    for (const RuleOp& op : plan->ops)
        std::ranges::for_each(graph.ops[op.op].inputs, place);
    values = Floats(parameterFloats);
    gradients = Floats(plan->groups * parameterFloats);
    for (const auto& [tensor, at] : places) {
        Slot& constant = slot(tensor);
        constant.value = values.data() + at;
        const types::Bytes& data = graph.constantData(tensor);
        std::memcpy(constant.value, data.data(),
                    std::min(data.size(), constant.size * sizeof(float)));
        if (at < trainedFloats) constant.gradient = gradients.data() + at;
        constant.gradientPerGroup = parameterFloats;
    }
    for (Parameter& parameter : plan->parameters) {
        const size_t size = slot(parameter.tensor).size;
        parameter.value = {values.data() + places[parameter.tensor], size};
        parameter.gradient = {gradients.data() + places[parameter.tensor], size};
    }
}

void Network::State::placeGradientsOf(const Graph& graph, const NetworkOptions& options) {
    watched = {options.watched.begin(), options.watched.end()};
    std::set<int32_t> apart = watched;
    apart.insert(plan->outputs.begin(), plan->outputs.end());
    if (options.inputGradients) apart.insert(graph.inputs.begin(), graph.inputs.end());
    for (int32_t tensor : apart) {
        Slot& activation = slot(tensor);
        if (activation.constant) continue;
        memory.emplace_back(batch * activation.size);
        activation.gradient = memory.back().data();
        activation.gradientPerSample = activation.size;
        activation.keepsGradient = watched.contains(tensor);
    }
    const GradientPlaces places = placeGradients(graph, *plan, apart);
    const size_t arena = places.arena * plan->chunk;
    arenas.emplace_back(crew.workers() * (arena + kSlack));
    for (size_t t = 0; t < plan->slots.size(); ++t) {
        if (!plan->gradients[t] || apart.contains(static_cast<int32_t>(t))) continue;
        plan->slots[t].gradient = arenas[0].data() + places.places[t] * plan->chunk;
        plan->slots[t].gradientPerWorker = arena + kSlack;
    }
}

// ---- A step ----------------------------------------------------------------------------------

void Network::State::beginStep() {
    if (rounding) rounding->beginStep();
    crew.run(plan->ops.size(), [&](size_t i, size_t) { plan->ops[i].rule->beginStep(); });
    for (int32_t tensor : watched)
        std::fill_n(slot(tensor).gradient, batch * slot(tensor).size, 0.0f);
}

void Network::State::forwardChunk(const Chunk& chunk) {
    for (int32_t input : inputs)
        if (rounding) rounding->forward(input, slot(input), chunk);
    for (size_t i = 0; i < plan->ops.size(); ++i) {
        plan->ops[i].rule->forward(chunk);
        for (int32_t output : outputsOf[i]) {
            if (const auto mask = masks.find(output); mask != masks.end())
                mask->second.forward(slot(output), chunk);
            if (rounding) rounding->forward(output, slot(output), chunk);
        }
    }
}

Result<void> Network::State::forward() {
    beginStep();
    std::vector<Result<void>> results(plan->groups);
    forEachChunk([&](const Chunk& chunk) {
        for (size_t s = 0; frozenPart && s < chunk.count && results[chunk.group]; ++s)
            results[chunk.group] = frozenPart->run(plan->slots, chunk.first + s, chunk.worker);
        if (results[chunk.group]) forwardChunk(chunk);
    });
    for (const auto& result : results)
        if (!result) return result;
    return {};
}

void Network::State::backwardChunk(const Chunk& chunk) {
    for (size_t i = plan->ops.size(); i-- > 0;) {
        const RuleOp& op = plan->ops[i];
        for (int32_t tensor : op.zeroed)
            std::fill_n(slot(tensor).gradients(chunk), chunk.count * slot(tensor).size, 0.0f);
        bool reached = false;
        for (int32_t output : outputsOf[i]) {
            reached = reached || slot(output).gradient != nullptr;
            if (rounding) rounding->backward(output, slot(output), chunk);
            if (const auto mask = masks.find(output); mask != masks.end())
                mask->second.backward(slot(output), chunk);
        }
        if (reached) op.rule->backward(chunk);
    }
}

void Network::State::backward() {
    std::fill_n(gradients.data(), plan->groups * parameterFloats, 0.0f);
    for (auto& [tensor, mask] : masks)
        mask.clearGradient();
    if (rounding) rounding->beginBackward();
    forEachChunk([&](const Chunk& chunk) { backwardChunk(chunk); });
    for (size_t group = 1; group < plan->groups; ++group)
        addTo(gradients.data(), gradients.data() + group * parameterFloats, parameterFloats);
    for (auto& [tensor, mask] : masks)
        mask.finish();
    if (rounding) rounding->finish(samples);
}

// ---- The interface ---------------------------------------------------------------------------

Result<Network> Network::build(const Graph& graph, const NetworkOptions& options) {
    if (options.batch < 1 || options.threads < 1)
        return types::fail("a batch needs at least one sample and one thread", graph.name,
                           "choose positive numbers");
    auto plan = planNetwork(graph, options);
    if (!plan) return tl::unexpected(plan.error());
    if ((*plan)->trained.empty() && options.watched.empty() && !options.inputGradients)
        return types::fail("no parameter can be trained",
                           (*plan)->frozen.empty()
                               ? graph.name
                               : types::opLabel(graph, (*plan)->frozen.back().op) + " " +
                                     (*plan)->frozen.back().why,
                           "train a model with convolutions or dense layers behind it");
    const size_t workers = std::min(static_cast<size_t>(options.threads), (*plan)->groups);
    auto state = std::make_unique<State>(graph, std::move(*plan),
                                         static_cast<size_t>(options.batch), workers);
    if (!state->plan->frozenOps.empty()) {
        auto part = FrozenPart::create(graph, *state->plan, workers);
        if (!part) return tl::unexpected(part.error());
        state->frozenPart.emplace(std::move(*part));
    }
    state->allocate(graph, options);
    if (options.rounding) {
        auto rounding =
            SimulatedRounding::create(graph, *state->plan, state->batch, *options.rounding);
        if (!rounding) return tl::unexpected(rounding.error());
        state->rounding.emplace(std::move(*rounding));
        state->rounding->place(*state->plan);
    }
    return Network(std::move(state));
}

Network::Network(std::unique_ptr<State> state) : m_state(std::move(state)) {}
Network::Network(Network&&) noexcept = default;
Network& Network::operator=(Network&&) noexcept = default;
Network::~Network() = default;

int32_t Network::batch() const {
    return static_cast<int32_t>(m_state->batch);
}

std::span<const Parameter> Network::parameters() const {
    return m_state->plan->parameters;
}

std::span<const FrozenOp> Network::frozen() const {
    return m_state->plan->frozen;
}

size_t Network::inputSize(size_t i) const {
    return m_state->slot(m_state->inputs[i]).size;
}

size_t Network::outputSize(size_t i) const {
    return m_state->slot(outputTensor(i)).size;
}

size_t Network::inputCount() const {
    return m_state->inputs.size();
}

size_t Network::outputCount() const {
    return m_state->plan->outputs.size();
}

int32_t Network::outputTensor(size_t i) const {
    return m_state->plan->outputs[i];
}

std::span<float> Network::input(size_t i) {
    return {m_state->slot(m_state->inputs[i]).value, m_state->batch * inputSize(i)};
}

Result<void> Network::forward(int32_t samples) {
    if (samples < 1 || samples > batch())
        return types::fail("a step takes 1 to " + std::to_string(batch()) + " samples",
                           std::to_string(samples) + " given");
    m_state->samples = static_cast<size_t>(samples);
    return m_state->forward();
}

Result<void> Network::forward(std::span<const float> inputs) {
    const size_t size = inputSize();
    if (size == 0 || inputs.size() % size != 0 || inputs.size() / size > m_state->batch)
        return types::fail("inputs do not fill whole samples of a batch",
                           std::to_string(inputs.size()) + " values");
    std::ranges::copy(inputs, input().begin());
    return forward(static_cast<int32_t>(inputs.size() / size));
}

std::span<const float> Network::outputs(size_t i) const {
    return {m_state->slot(outputTensor(i)).value, m_state->samples * outputSize(i)};
}

std::span<float> Network::outputGradient(size_t i) {
    return {m_state->slot(outputTensor(i)).gradient, m_state->samples * outputSize(i)};
}

Result<void> Network::backward() {
    if (m_state->samples == 0) return types::fail("gradients need a step forwards first");
    m_state->backward();
    return {};
}

Result<void> Network::backward(std::span<const float> gradient) {
    if (gradient.size() != outputGradient().size())
        return types::fail("the gradient does not fit the outputs",
                           std::to_string(gradient.size()) + " values");
    std::ranges::copy(gradient, outputGradient().begin());
    return backward();
}

std::span<const float> Network::values(int32_t tensor) const {
    const Slot& slot = m_state->slot(tensor);
    return {slot.value, slot.value != nullptr ? m_state->samples * slot.size : 0};
}

std::span<float> Network::gradient(int32_t tensor) {
    const Slot& slot = m_state->slot(tensor);
    return {slot.gradient, slot.gradientPerSample > 0 ? m_state->samples * slot.size : 0};
}

Result<void> Network::maskChannels(int32_t tensor, std::span<const float> mask) {
    const bool written = std::ranges::any_of(m_state->outputsOf, [&](const auto& outputs) {
        return std::ranges::count(outputs, tensor) > 0;
    });
    if (!written)
        return types::fail("no operator with a derivative rule writes the masked tensor",
                           "T" + std::to_string(tensor));
    m_state->masks.erase(tensor);
    if (mask.empty()) return {};
    const Slot& slot = m_state->slot(tensor);
    if (slot.shape.empty() || mask.size() != static_cast<size_t>(slot.shape.back()))
        return types::fail("the mask does not have one number per channel",
                           "T" + std::to_string(tensor));
    m_state->masks.emplace(tensor,
                           ChannelMask(mask, m_state->batch, m_state->plan->groups, slot.size));
    return {};
}

std::span<const float> Network::maskGradient(int32_t tensor) const {
    const auto mask = m_state->masks.find(tensor);
    return mask != m_state->masks.end() ? mask->second.gradient() : std::span<const float>();
}

namespace {

/// True where only this tensor of the file has its values in that buffer.
bool ownsBuffer(const Graph& graph, int32_t tensor) {
    const uint32_t buffer = graph.tensor(tensor).buffer;
    const auto isInIt = [buffer](const types::Tensor& other) { return other.buffer == buffer; };
    auto users = std::ranges::count_if(graph.tensors, isInIt);
    for (const types::Subgraph& other : graph.others)
        users += std::ranges::count_if(other.tensors, isInIt);
    return users == 1;
}

}  // namespace

void Network::writeBack(Graph& graph) const {
    graph.original = {};
    for (const Parameter& parameter : parameters()) {
        if (parameter.role == ParameterRole::Range || !parameter.isTrainable()) continue;
        const auto bytes = std::as_bytes(parameter.value);
        const auto* first = reinterpret_cast<const uint8_t*>(bytes.data());
        types::Bytes values(std::vector<uint8_t>(first, first + bytes.size()));
        types::Tensor& tensor = graph.tensors[static_cast<size_t>(parameter.tensor)];
        // Values that nobody reads would stay in the file.
        if (!ownsBuffer(graph, parameter.tensor)) {
            tensor.buffer = static_cast<uint32_t>(graph.buffers.size());
            graph.buffers.emplace_back();
        }
        graph.buffers[tensor.buffer] = std::move(values);
    }
}

quantize::LearnedScales Network::scales() const {
    return m_state->rounding ? m_state->rounding->scales() : quantize::LearnedScales();
}

}  // namespace learning
