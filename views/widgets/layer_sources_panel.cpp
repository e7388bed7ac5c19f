// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/layer_sources_panel.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <algorithm>

namespace views {
namespace {

bool hasLayers(const types::Session& session) {
    return std::ranges::any_of(session.measurements,
                               [](const types::Measurement& m) { return m.layer.has_value(); });
}

}  // namespace

LayerSourcesPanel::LayerSourcesPanel(QWidget* parent)
    : QWidget(parent), m_list(new QListWidget), m_filter(new QLineEdit) {
    m_list->setSelectionMode(QAbstractItemView::MultiSelection);
    m_list->setAccessibleName(tr("Layers to fit"));
    m_list->setToolTip(tr("Pick the sessions and tables whose layers shall be fitted."));
    auto* open = new QPushButton(tr("Open &table…"));
    open->setToolTip(
        tr("Measured layers as CSV: op, in_shape, out_shape, kernel, strides, padding "
           "and cycles_op, cycles or instructions."));
    m_filter->setPlaceholderText(tr("Filter of the table: board=…, op=…"));
    m_filter->setAccessibleName(tr("Filter of the table"));
    m_filter->setToolTip(tr("Lines of the table to use: COLUMN=TEXT, several with commas."));
    m_filter->hide();
    auto* row = new QHBoxLayout;
    row->addWidget(open);
    row->addWidget(m_filter, 1);
    row->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(8);
    column->addWidget(new QLabel(tr("Learn from the layers of")));
    column->addWidget(m_list, 1);
    column->addLayout(row);
    connect(open, &QPushButton::clicked, this, &LayerSourcesPanel::chooseTable);
    connect(m_list, &QListWidget::itemSelectionChanged, this, &LayerSourcesPanel::pickChanged);
    connect(m_list, &QListWidget::itemClicked, this, &LayerSourcesPanel::tellPicked);
}

void LayerSourcesPanel::setSessions(const std::vector<types::SessionPtr>& sessions) {
    const auto picked = pickedSessions();
    const bool picksTable = !pickedTable().isEmpty();
    m_sessions.clear();
    for (const types::SessionPtr& session : sessions)
        if (hasLayers(*session)) m_sessions.push_back(session);
    list(picked, picksTable);
}

void LayerSourcesPanel::chooseTable() {
    const QString path =
        QFileDialog::getOpenFileName(this, tr("Open a table of layers"), m_table,
                                     tr("Comma separated values (*.csv);;All files (*)"));
    if (!path.isEmpty()) openTable(path);
}

void LayerSourcesPanel::openTable(const QString& path) {
    const auto picked = pickedSessions();
    m_table = path;
    list(picked, true);
}

/// The sessions, and last the table where one is open.
void LayerSourcesPanel::list(const std::vector<types::SessionPtr>& picked, bool picksTable) {
    {
        const QSignalBlocker quiet(m_list);
        m_list->clear();
        const auto add = [this](const QString& name, const QString& toolTip, bool isPicked) {
            auto* item = new QListWidgetItem(name, m_list);
            item->setSelected(isPicked);
            item->setToolTip(toolTip);
        };
        for (const types::SessionPtr& session : m_sessions) {
            const QString name = QString::fromStdString(session->name);
            add(name, name, std::ranges::find(picked, session) != picked.end());
        }
        if (!m_table.isEmpty())
            add(tr("Table %1").arg(QFileInfo(m_table).fileName()), m_table, picksTable);
    }
    m_filter->setVisible(!m_table.isEmpty());
    emit pickChanged();
}

std::vector<types::SessionPtr> LayerSourcesPanel::pickedSessions() const {
    std::vector<types::SessionPtr> picked;
    for (size_t row = 0; row < m_sessions.size(); ++row) {
        const QListWidgetItem* item = m_list->item(static_cast<int>(row));
        if (item && item->isSelected()) picked.push_back(m_sessions[row]);
    }
    return picked;
}

QString LayerSourcesPanel::pickedTable() const {
    const QListWidgetItem* item = m_list->item(static_cast<int>(m_sessions.size()));
    return item && item->isSelected() ? m_table : QString();
}

QString LayerSourcesPanel::filter() const {
    return m_filter->text();
}

void LayerSourcesPanel::tellPicked(const QListWidgetItem* item) {
    const auto place = static_cast<size_t>(m_list->row(item));
    if (item->isSelected() && place < m_sessions.size()) emit sessionPicked(m_sessions[place]);
}

}  // namespace views
