// SPDX-License-Identifier: GPL-3.0-or-later
#include "scheduling/schedule.h"

#include <algorithm>

#include "scheduling/arena.h"

namespace scheduling {
namespace {

using types::BandBuffer;
using types::BandPlan;
using types::BandStep;
using types::PlannedBuffer;

class Planner {
public:
    Planner(const Problem& problem, const Schedule& schedule) : m_problem(problem) {
        m_plan.order = problem.order;
        m_wholeOf.assign(problem.graph.tensors.size(), -1);
        m_windowOf.assign(problem.graph.tensors.size(), -1);
        m_lives.resize(problem.buffers.size());
        for (size_t i = 0; i < problem.buffers.size(); ++i)
            m_lives[i] = {problem.buffers[i].firstOp, problem.buffers[i].lastOp};
        for (const Stage& stage : schedule.stages)
            if (stage.isBanded()) extendLives(stage);
    }

    bool addStages(const Schedule& schedule, bool withSteps) {
        for (const Stage& stage : schedule.stages)
            if (!(stage.isBanded() ? addBanded(stage, withSteps) : addWhole(stage))) return false;
        for (size_t i = 0; i < m_problem.buffers.size(); ++i) {
            const int32_t tensor = m_problem.buffers[i].tensor;
            if (m_windowOf[static_cast<size_t>(tensor)] < 0) addTensor(i);
        }
        for (const Release& release : m_releases) {
            const int32_t output = m_wholeOf[static_cast<size_t>(release.output)],
                          input = m_wholeOf[static_cast<size_t>(release.input)];
            if (output >= 0 && input >= 0)
                m_arena.setRelease(static_cast<size_t>(output), static_cast<size_t>(input),
                                   release.distance, release.inPlace);
        }
        return true;
    }

    BandPlan finish(int improvements) {
        m_plan.arenaBytes = m_arena.place(improvements);
        for (size_t i = 0; i < m_plan.buffers.size(); ++i)
            m_plan.buffers[i].offset = m_arena.offset(i);
        for (BandStep& step : m_plan.steps)
            toArena(step);
        return std::move(m_plan);
    }

private:
    struct Life {
        int32_t first, last;
    };

    Life& lifeOf(int32_t tensor) {
        return m_lives[static_cast<size_t>(m_problem.bufferOf[static_cast<size_t>(tensor)])];
    }

    /// What a stage reads or writes as a whole is in use while it runs.
    void extendLives(const Stage& stage) {
        for (int32_t op = stage.first; op < stage.end; ++op) {
            const types::Op& source = m_problem.graph.ops[static_cast<size_t>(op)];
            for (const auto* tensors : {&source.inputs, &source.outputs})
                for (int32_t tensor : *tensors) {
                    if (m_problem.buffer(tensor) == nullptr) continue;
                    Life& life = lifeOf(tensor);
                    life.first = std::min(life.first, stage.first);
                    life.last = std::max(life.last, stage.end - 1);
                }
        }
    }

    size_t add(BandBuffer buffer) {
        m_plan.buffers.push_back(buffer);
        return m_arena.add(buffer.bytes, buffer.first, buffer.last);
    }

    void addTensor(size_t index) {
        const PlannedBuffer& whole = m_problem.buffers[index];
        BandBuffer buffer;
        buffer.tensor = whole.tensor;
        buffer.bytes = whole.requested;
        buffer.first = m_lives[index].first;
        buffer.last = m_lives[index].last;
        m_wholeOf[static_cast<size_t>(whole.tensor)] = static_cast<int32_t>(add(buffer));
    }

    bool addBanded(const Stage& stage, bool withSteps) {
        auto run = runStage(m_problem, stage, withSteps);
        if (!run) return false;
        std::vector<size_t> indices;
        for (const StageBuffer& part : run->buffers) {
            BandBuffer buffer{part.tensor, -1,          part.rows,    part.bytes,
                              0,           stage.first, stage.end - 1};
            if (part.op >= 0) buffer.op = m_problem.order[static_cast<size_t>(part.op)];
            indices.push_back(add(buffer));
            if (part.tensor >= 0)
                m_windowOf[static_cast<size_t>(part.tensor)] = static_cast<int32_t>(indices.back());
        }
        for (size_t a = 0; a < indices.size(); ++a)
            for (size_t b = 0; b < a; ++b)
                if (!run->together[a][b]) m_arena.setApart(indices[a], indices[b]);
        m_releases.insert(m_releases.end(), run->releases.begin(), run->releases.end());
        m_plan.macs += run->macs;
        m_plan.movedBytes += run->movedBytes;
        m_plan.calls += run->calls;
        std::ranges::move(run->steps, std::back_inserter(m_plan.steps));
        return true;
    }

    bool addWhole(const Stage& stage) {
        for (int32_t op = stage.first; op < stage.end; ++op) {
            const ProblemOp& entry = m_problem.ops[static_cast<size_t>(op)];
            if (entry.isFolded) continue;
            for (int64_t bytes : entry.scratch)
                add({-1, m_problem.order[static_cast<size_t>(op)], 0, bytes, 0, op, op});
            addInPlace(op, entry);
            m_plan.macs += entry.macs;
            ++m_plan.calls;
            BandStep step;
            step.op = op;
            m_plan.steps.push_back(step);
        }
        return true;
    }

    /// The first output may lie exactly over an input that dies here.
    void addInPlace(int32_t op, const ProblemOp& entry) {
        const auto& outputs = m_problem.graph.ops[static_cast<size_t>(op)].outputs;
        const PlannedBuffer* output = outputs.empty() ? nullptr : m_problem.buffer(outputs[0]);
        if (output == nullptr || output->firstOp != op) return;
        for (int32_t tensor : entry.overwritable) {
            const PlannedBuffer* input = m_problem.buffer(tensor);
            if (input == nullptr || input->lastOp != op || m_problem.isOutput(tensor) ||
                input->requested < output->requested)
                continue;
            m_releases.push_back({tensor, outputs[0], -output->size, true});
        }
    }

    int64_t startOf(int32_t tensor) const {
        const int32_t window = m_windowOf[static_cast<size_t>(tensor)];
        const int32_t index = window >= 0 ? window : m_wholeOf[static_cast<size_t>(tensor)];
        return m_plan.buffers[static_cast<size_t>(index)].offset;
    }

    /// Positions become operators of the model, and places offsets in the arena.
    void toArena(BandStep& step) const {
        if (step.kind == BandStep::Kind::Rows) {
            const types::Op& op = m_problem.graph.ops[static_cast<size_t>(step.op)];
            for (size_t i = 0; i < op.inputs.size(); ++i)
                if (step.places[i] >= 0) step.places[i] += startOf(op.inputs[i]);
            step.places.back() += startOf(op.outputs[0]);
        } else if (step.kind != BandStep::Kind::Operator) {
            for (int64_t& place : step.places)
                place += startOf(step.tensor);
        }
        step.op = m_problem.order[static_cast<size_t>(step.op)];
    }

    const Problem& m_problem;
    BandPlan m_plan;
    Arena m_arena;
    std::vector<Life> m_lives;                   ///< of Problem::buffers
    std::vector<int32_t> m_wholeOf, m_windowOf;  ///< per tensor: index of its buffer
    std::vector<Release> m_releases;
};

std::string rowsText(const Problem& problem, const Stage& stage) {
    const auto name = [&](int32_t position) {
        return "#" + std::to_string(problem.order[static_cast<size_t>(position)]);
    };
    std::string text = name(stage.first);
    if (stage.end - stage.first > 1) text += "-" + name(stage.end - 1);
    text += " by " + std::to_string(stage.rows) + (stage.rows == 1 ? " row" : " rows");
    for (size_t i = 0; i < stage.recomputed.size(); ++i)
        text += (i == 0 ? " again T" : " T") + std::to_string(stage.recomputed[i]);
    return text;
}

}  // namespace

bool isFed(const Problem& problem, const Schedule& schedule) {
    return std::ranges::any_of(schedule.stages, [&](const Stage& stage) {
        return stage.feeds && std::ranges::any_of(problem.graph.inputs, [&](int32_t input) {
                   return isInside(problem, stage, input);
               });
    });
}

Schedule wholeOperators(const Problem& problem) {
    Schedule schedule;
    for (size_t op = 0; op < problem.ops.size(); ++op)
        schedule.stages.push_back({static_cast<int32_t>(op), static_cast<int32_t>(op) + 1});
    return schedule;
}

std::optional<BandPlan> planBands(const Problem& problem, const Schedule& schedule, bool withSteps,
                                  int improvements) {
    Planner planner(problem, schedule);
    if (!planner.addStages(schedule, withSteps)) return std::nullopt;
    return planner.finish(improvements);
}

std::string describe(const Problem& problem, const Schedule& schedule) {
    std::string text;
    for (const Stage& stage : schedule.stages)
        if (stage.isBanded()) text += (text.empty() ? "" : ", ") + rowsText(problem, stage);
    return text.empty() ? "each operator as a whole" : text;
}

}  // namespace scheduling
