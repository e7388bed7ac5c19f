// SPDX-License-Identifier: GPL-3.0-or-later
#include "views/widgets/board_chooser.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QKeyEvent>
#include <QLineEdit>
#include <QStandardItemModel>
#include <QTimer>
#include <algorithm>

namespace views {
namespace {

constexpr int kIdRole = Qt::UserRole;  ///< empty: no board
constexpr int kSearchRole = Qt::UserRole + 1;
constexpr int kVisibleBoards = 24;
constexpr int kMargin = 32;  ///< of the list beside its texts, for the scroll bar

/// Searches one role and completes to the name.
class BoardCompleter : public QCompleter {
public:
    using QCompleter::QCompleter;
    QString pathFromIndex(const QModelIndex& index) const override {
        return index.data(Qt::DisplayRole).toString();
    }
};

QString groupOf(const types::DeviceProfile& device) {
    return device.vendor.empty() ? QObject::tr("Emulated, and other profiles")
                                 : QString::fromStdString(device.vendor);
}

/// By vendor, those without one last; then by name.
bool isBefore(const types::DevicePtr& a, const types::DevicePtr& b) {
    if (a->vendor.empty() != b->vendor.empty()) return b->vendor.empty();
    if (a->vendor != b->vendor) return a->vendor < b->vendor;
    return a->name < b->name;
}

QString searchText(const types::DeviceProfile& d) {
    QStringList words;
    for (const std::string* word :
         {&d.name, &d.id, &d.vendor, &d.soc, &d.core, &d.runtime, &d.runtimeVersion})
        words << QString::fromStdString(*word);
    return words.join(' ');
}

QStandardItemModel& modelOf(const QComboBox& box) {
    return *static_cast<QStandardItemModel*>(box.model());
}

}  // namespace

BoardChooser::BoardChooser(QWidget* parent) : QComboBox(parent) {
    setModel(new QStandardItemModel(this));
    setEditable(true);
    setInsertPolicy(NoInsert);
    setMaxVisibleItems(kVisibleBoards);
    setSizeAdjustPolicy(AdjustToMinimumContentsLengthWithIcon);
    lineEdit()->setPlaceholderText(tr("Search a board"));
    lineEdit()->installEventFilter(this);
    auto* completer = new BoardCompleter(model(), this);
    completer->setCompletionRole(kSearchRole);
    completer->setFilterMode(Qt::MatchContains);
    completer->setCaseSensitivity(Qt::CaseInsensitive);
    completer->setCompletionMode(QCompleter::PopupCompletion);
    completer->setMaxVisibleItems(kVisibleBoards);
    setCompleter(completer);
    connect(this, qOverload<int>(&QComboBox::activated), this,
            [this] { emit deviceChosen(device()); });
    // What was typed but is no board gives way to the chosen one.
    connect(lineEdit(), &QLineEdit::editingFinished, this,
            [this] { setEditText(itemText(currentIndex())); });
}

void BoardChooser::setDevices(std::vector<types::DevicePtr> devices, const QString& none) {
    const QString chosen = currentData(kIdRole).toString();
    m_devices = std::move(devices);
    std::stable_sort(m_devices.begin(), m_devices.end(), isBefore);
    clear();
    if (!none.isEmpty()) addItem(none, QString());
    QString group;
    for (const types::DevicePtr& device : m_devices) {
        if (groupOf(*device) != group) addGroup(group = groupOf(*device));
        addBoard(*device);
    }
    setEnabled(!m_devices.empty());
    const int width = view()->sizeHintForColumn(0) + kMargin;
    view()->setMinimumWidth(width);
    completer()->popup()->setMinimumWidth(width);
    chooseId(chosen);
}

void BoardChooser::addGroup(const QString& vendor) {
    auto* item = new QStandardItem(vendor);
    item->setFlags(Qt::NoItemFlags);
    QFont bold = font();
    bold.setBold(true);
    item->setFont(bold);
    modelOf(*this).appendRow(item);
}

void BoardChooser::addBoard(const types::DeviceProfile& device) {
    auto* item = new QStandardItem(QString::fromStdString(device.name));
    item->setData(QString::fromStdString(device.id), kIdRole);
    item->setData(searchText(device), kSearchRole);
    item->setToolTip(QStringLiteral("%1, %2").arg(QString::fromStdString(device.soc),
                                                  QString::fromStdString(device.core)));
    modelOf(*this).appendRow(item);
}

void BoardChooser::chooseId(const QString& id) {
    int row = id.isEmpty() ? -1 : findData(id, kIdRole);
    if (row < 0 && count() > 0 && modelOf(*this).item(0)->isEnabled()) row = 0;  // "nothing"
    setCurrentIndex(row);
    if (row < 0) clearEditText();
    lineEdit()->setCursorPosition(0);  // a long name shows its beginning
}

types::DevicePtr BoardChooser::device() const {
    const std::string id = currentData(kIdRole).toString().toStdString();
    const auto found = std::find_if(m_devices.begin(), m_devices.end(),
                                    [&](const auto& device) { return device->id == id; });
    return found == m_devices.end() ? nullptr : *found;
}

bool BoardChooser::eventFilter(QObject* watched, QEvent* event) {
    // Undo and redo are those of the window, not of the text.
    if (event->type() == QEvent::ShortcutOverride) {
        const auto& key = static_cast<QKeyEvent&>(*event);
        if (key.matches(QKeySequence::Undo) || key.matches(QKeySequence::Redo)) return true;
    }
    // Typing replaces the name instead of being inserted into it.
    if (event->type() == QEvent::FocusIn &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason)
        QTimer::singleShot(0, lineEdit(), &QLineEdit::selectAll);
    return QComboBox::eventFilter(watched, event);
}

}  // namespace views
