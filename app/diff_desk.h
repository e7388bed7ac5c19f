// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// DiffDesk: makes the comparisons that the page Compare asks for, of evaluations that Explorer has
// and of second models, which it reads and evaluates on the same board and data. Thread rules: the
// GUI thread only; the work runs in a Job.

#include <vector>

#include "app/explorer.h"
#include "views/widgets/pages/compare_page.h"

namespace app {

class DiffDesk : public QObject {
    Q_OBJECT

public:
    /// Serves the page for as long as both live.
    DiffDesk(Explorer& explorer, views::ComparePage& page, QObject* parent = nullptr,
             EngineVerbs engine = realEngine());

signals:
    void failed(const QString& message);

private:
    /// A second model as it is.
    struct Other {
        QString path;
        types::DevicePtr device;
        data::DatasetPtr data;
        std::string name;
        types::EvaluationPtr evaluation;  ///< null: it cannot be read or evaluated
        QString note;                     ///< why it was evaluated without the data
    };

    void compare(const views::CompareChoice& baseline, const views::CompareChoice& candidate);
    types::EvaluationPtr evaluationOf(const views::CompareChoice& choice) const;
    /// Null where it was not read, or for another board or other data.
    const Other* otherModel(const QString& path) const;
    void evaluateOther(const QString& path, std::function<void()> then);
    void chooseModel();
    void save(const types::ModelDiffPtr& diff);

    Explorer& m_explorer;
    views::ComparePage& m_page;
    EngineVerbs m_engine;
    std::vector<Other> m_others;
    Job m_work;
};

}  // namespace app
