// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// FakeEngine: a stand-in for the engine behind Explorer.

#include <condition_variable>
#include <memory>
#include <mutex>
#include <vector>

#include "../views/sample_evaluation.h"
#include "app/explorer.h"

namespace fake {

/// While the gate is closed, evaluations wait for it or for a stop request.
class FakeEngine {
public:
    app::EngineVerbs verbs() {
        app::EngineVerbs verbs;
        verbs.read = [](const QString& path) -> types::Result<types::GraphPtr> {
            if (path.contains("bad")) return types::fail("not a model", path.toStdString());
            return sample::graph();
        };
        // As older programs wrote them, with knobs that act on nothing.
        verbs.readProject = [](const QString&) -> types::Result<app::Project> {
            types::Variation idle, narrow = sample::narrowed(0.5), narrowToo = narrow;
            idle.prune.recover = true;
            narrowToo.quantize.perChannel = false;
            return app::Project{sample::graph(), {{}, idle, narrow, narrowToo}, {}, {}};
        };
        verbs.readData = [](const QString& path) -> types::Result<data::DatasetPtr> {
            if (path.contains("bad")) return types::fail("no data set", path.toStdString());
            auto data = std::make_shared<data::Dataset>();
            data->path = path.toStdString();
            data->name = "samples";
            return data::DatasetPtr(data);
        };
        verbs.evaluate = [this](const types::GraphPtr&, const app::Knobs& knobs,
                                const types::Work& work) -> types::Result<types::EvaluationPtr> {
            const types::Variation& variation = knobs.variation;
            std::unique_lock lock(m_mutex);
            m_seen.push_back(variation);
            m_gate.wait(lock, work.stop, [this] { return m_isOpen; });
            if (!m_isOpen) return types::cancelled();
            if (variation.width < 0.15) return types::fail("too narrow");
            if (knobs.data && knobs.data->path == "unfit") return types::fail("does not fit");
            auto evaluation = sample::evaluation(variation.width, knobs.device);
            evaluation->variation = variation;
            if (knobs.data) evaluation->datasetPath = knobs.data->path.string();
            return types::EvaluationPtr(evaluation);
        };
        verbs.makeFit = [](const types::GraphPtr&, const app::Knobs& knobs,
                           const types::Work&) -> types::Result<search::FitSearch> {
            search::FitSearch search;
            search.attempts = {{"original", 4000, "", ""}, {"p50%", 30, "", ""}};
            if (knobs.device->id == "b") return search;
            search.changes.push_back({sample::narrowed(0.5), {}, nullptr});
            return search;
        };
        return verbs;
    }
    void setOpen(bool isOpen) {
        {
            std::lock_guard lock(m_mutex);
            m_isOpen = isOpen;
        }
        m_gate.notify_all();
    }
    size_t seen() {
        std::lock_guard lock(m_mutex);
        return m_seen.size();
    }

private:
    std::mutex m_mutex;
    std::condition_variable_any m_gate;
    bool m_isOpen = true;
    std::vector<types::Variation> m_seen;
};

}  // namespace fake
