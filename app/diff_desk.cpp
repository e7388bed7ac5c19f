// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/diff_desk.h"

#include <QFileDialog>
#include <QFileInfo>
#include <algorithm>

#include "bytes/write_file.h"
#include "diff/compare_models.h"
#include "diff/diff_document.h"
#include "document/save_document.h"
#include "report/diff_page.h"
#include "views/widgets/work_strip.h"

namespace app {

using types::EvaluationPtr;
using views::CompareChoice;

DiffDesk::DiffDesk(Explorer& explorer, views::ComparePage& page, QObject* parent,
                   EngineVerbs engine)
    : QObject(parent), m_explorer(explorer), m_page(page), m_engine(std::move(engine)) {
    connect(&page, &views::ComparePage::compareRequested, this, &DiffDesk::compare);
    connect(&page, &views::ComparePage::modelRequested, this, &DiffDesk::chooseModel);
    connect(&page, &views::ComparePage::saveRequested, this, &DiffDesk::save);
    connect(&m_work, &Job::runningChanged, &page.strip(), &views::WorkStrip::setRunning);
    connect(&m_work, &Job::progressed, &page.strip(), &views::WorkStrip::setProgress);
    connect(&page.strip(), &views::WorkStrip::cancelled, &m_work, &Job::cancel);
}

EvaluationPtr DiffDesk::evaluationOf(const CompareChoice& choice) const {
    if (!choice.otherModel.isEmpty()) {
        const Other* other = otherModel(choice.otherModel);
        return other ? other->evaluation : nullptr;
    }
    const EvaluationPtr& shown = m_explorer.shown();
    if (shown && shown->variation == choice.variation &&
        m_explorer.knobs().matchesBoardAndData(*shown))
        return shown;
    for (const views::TriedVariation& entry : m_explorer.tried())
        if (entry.variation == choice.variation && !entry.outdated) return entry.evaluation;
    return nullptr;
}

const DiffDesk::Other* DiffDesk::otherModel(const QString& path) const {
    const Knobs& knobs = m_explorer.knobs();
    const auto found = std::find_if(m_others.begin(), m_others.end(), [&](const Other& other) {
        return other.path == path && other.device == knobs.device && other.data == knobs.data;
    });
    return found == m_others.end() ? nullptr : &*found;
}

/// Explorer evaluates the variations of its model by itself; the page asks again when it has.
void DiffDesk::compare(const CompareChoice& baseline, const CompareChoice& candidate) {
    if (baseline == candidate) {
        m_work.cancel();
        return m_page.setDiff(nullptr);
    }
    for (const QString& path : {baseline.otherModel, candidate.otherModel})
        if (!path.isEmpty() && !otherModel(path))
            return evaluateOther(path,
                                 [this, baseline, candidate] { compare(baseline, candidate); });
    const EvaluationPtr a = evaluationOf(baseline), b = evaluationOf(candidate);
    if (!a || !b) return;
    const types::ModelDiffPtr& shown = m_page.diff();
    if (shown && shown->baseline.evaluation == a && shown->candidate.evaluation == b) return;
    const bool isOneModel = baseline.otherModel == candidate.otherModel;
    const auto nameOf = [this](const CompareChoice& choice) {
        return choice.otherModel.isEmpty() ? m_explorer.graph()->name
                                           : otherModel(choice.otherModel)->name;
    };
    const diff::ComparedModel first{nameOf(baseline), a}, second{nameOf(candidate), b};
    m_work.start(
        [first, second, isOneModel](const types::Work& work) {
            return diff::compareModels(first, second, isOneModel, work);
        },
        [this](const types::Result<types::ModelDiffPtr>& result) {
            if (result) return m_page.setDiff(*result);
            if (!result.error().isCancelled())
                emit failed(QString::fromStdString(result.error().message()));
        });
}

void DiffDesk::evaluateOther(const QString& path, std::function<void()> then) {
    Knobs knobs;
    knobs.device = m_explorer.knobs().device;
    knobs.data = m_explorer.knobs().data;
    const auto verb = [engine = m_engine, path,
                       knobs](const types::Work& work) -> types::Result<Other> {
        const auto graph = engine.read(path);
        if (!graph) return tl::unexpected(graph.error());
        Other other{path, knobs.device, knobs.data, (*graph)->name, nullptr, {}};
        auto evaluation = engine.evaluate(*graph, knobs, work.part(0, 0.9));
        if (!evaluation && !evaluation.error().isCancelled() && knobs.data) {
            other.note = QString::fromStdString(evaluation.error().message());
            Knobs without = knobs;
            without.data = nullptr;
            evaluation = engine.evaluate(*graph, without, work.part(0.9, 1));
        }
        if (!evaluation) return tl::unexpected(evaluation.error());
        other.evaluation = *evaluation;
        return other;
    };
    m_work.start(verb, [this, path, knobs, then](const types::Result<Other>& result) {
        if (!result && result.error().isCancelled()) return;
        std::erase_if(m_others, [&](const Other& other) { return other.path == path; });
        // One that failed is kept as well, so that it is not tried at every move of a knob.
        m_others.push_back(result ? *result : Other{path, knobs.device, knobs.data, {}, {}, {}});
        if (!result) {
            m_page.setDiff(nullptr);
            return emit failed(QString::fromStdString(result.error().message()));
        }
        if (!result->note.isEmpty())
            emit failed(tr("%1 is compared without the data: %2")
                            .arg(QFileInfo(path).fileName(), result->note));
        then();
    });
}

void DiffDesk::chooseModel() {
    const QString path =
        QFileDialog::getOpenFileName(&m_page, tr("Compare with a second model"),
                                     QFileInfo(m_explorer.path()).path(), tr("Models (*.tflite)"));
    if (!path.isEmpty()) m_page.addModel(path);
}

void DiffDesk::save(const types::ModelDiffPtr& diff) {
    const QString folder = QFileInfo(m_explorer.path()).path();
    const QString path = QFileDialog::getSaveFileName(
        &m_page, tr("Save the comparison"), folder + "/comparison.html",
        tr("Page (*.html);;Printed page (*.pdf);;Diff document (*.json)"));
    if (path.isEmpty()) return;
    const auto written =
        path.endsWith(".json")
            ? bytes::writeFile(path.toStdString(), std::string_view(diff::documentText(*diff)))
            : document::saveDocument(report::diffPage(*diff), path.toStdString());
    if (!written) emit failed(QString::fromStdString(written.error().message()));
}

}  // namespace app
