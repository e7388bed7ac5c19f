// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once
// CompatDesk: asks which runtimes take the operators of the shown variation, what its arena needs
// with each release of the board's kernel library, and what called subgraphs hold. Starts a moment
// after the last evaluation, so that a moving slider does not wait for it. Thread rules: the GUI
// thread only; the work runs in a Job.

#include "app/explorer.h"
#include "types/called_subgraph.h"
#include "types/support.h"

namespace app {

class CompatDesk : public QObject {
    Q_OBJECT

public:
    explicit CompatDesk(Explorer& explorer, QObject* parent = nullptr);

signals:
    void checked(const std::vector<types::RuntimeSupport>& runtimes);
    void planned(const std::vector<types::KernelArena>& arenas);
    void described(const std::vector<types::CalledSubgraph>& called);

private:
    void check();

    Explorer& m_explorer;
    QTimer m_delay;
    Job m_work;
};

}  // namespace app
