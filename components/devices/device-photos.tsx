import { Card, CardBody, CardHeader } from "@/components/ui/card";

/** Pictures that fitters took of where it hangs; nothing when there are none. */
export function DevicePhotos({ photos }: { photos: readonly { id: string; takenAt: Date }[] }) {
  if (photos.length === 0) return null;
  return (
    <Card>
      <CardHeader title="Pictures" divided />
      <CardBody className="grid grid-cols-3 gap-2 pt-4">
        {photos.map(({ id, takenAt }) => {
          const taken = takenAt.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
          return (
            <a
              key={id}
              href={`/api/devices/photos/${id}`}
              target="_blank"
              rel="noreferrer"
              className="aspect-square overflow-hidden rounded-control border border-line-2 bg-sunken hover:border-line-3"
            >
              {/* Private: the optimiser would fetch it without the reader's session. */}
              {/* eslint-disable-next-line @next/next/no-img-element */}
              <img src={`/api/devices/photos/${id}`} alt={`Taken ${taken}`} loading="lazy" className="size-full object-cover" />
            </a>
          );
        })}
      </CardBody>
    </Card>
  );
}
